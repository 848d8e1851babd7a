import { SesamyProvider, useProfile } from '@sesamy-kit/react';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { clientId, issuer, mount } from './page.jsx';
import { SesamyPage } from './sesamy-page.jsx';

function Profile() {
  const { data: profile } = useProfile();
  const { data: other } = useQuery({ queryKey: ['other'], queryFn: () => 'other' });
  return (
    <p title={other}>
      {profile?.firstName} {profile?.lastName}
    </p>
  );
}

mount(
  <QueryClientProvider client={new QueryClient()}>
    <SesamyProvider clientId={clientId} issuer={issuer}>
      <SesamyPage>
        <Profile />
      </SesamyPage>
    </SesamyProvider>
  </QueryClientProvider>,
);
