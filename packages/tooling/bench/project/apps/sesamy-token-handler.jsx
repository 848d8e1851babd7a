import { SesamyProvider } from '@sesamy-kit/react';
import { clientId, issuer, mount } from './page.jsx';
import { SesamyPage } from './sesamy-page.jsx';

mount(
  <SesamyProvider clientId={clientId} issuer={issuer} mode="token-handler">
    <SesamyPage />
  </SesamyProvider>,
);
