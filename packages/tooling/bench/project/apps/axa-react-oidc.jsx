import { OidcProvider, useOidc, useOidcIdToken } from '@axa-fr/react-oidc';
import { clientId, issuer, mount, Page, scope } from './page.jsx';

function App() {
  const { isAuthenticated, login, logout } = useOidc();
  const { idTokenPayload } = useOidcIdToken();
  return (
    <Page
      user={isAuthenticated && idTokenPayload}
      onLogin={() => login('/')}
      onLogout={() => logout('/')}
    />
  );
}

mount(
  <OidcProvider
    configuration={{
      client_id: clientId,
      authority: issuer.slice(0, -1),
      redirect_uri: `${location.origin}/authentication/callback`,
      scope,
      storage: localStorage,
    }}
  >
    <App />
  </OidcProvider>,
);
