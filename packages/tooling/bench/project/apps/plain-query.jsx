import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { mount, Page } from './page.jsx';

function App() {
  const { data, isLoading, refetch } = useQuery({
    queryKey: ['user'],
    queryFn: () => fetch('/user').then((response) => response.json()),
  });
  return <Page isLoading={isLoading} user={data} onLogin={refetch} onLogout={refetch} />;
}

mount(
  <QueryClientProvider client={new QueryClient()}>
    <App />
  </QueryClientProvider>,
);
