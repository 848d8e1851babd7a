import { Auth0Provider, useAuth0 } from '@auth0/auth0-react';
import { clientId, issuer, mount, Page, redirectUri, scope } from './page.jsx';

function App() {
  const { isLoading, user, loginWithRedirect, logout } = useAuth0();
  return (
    <Page
      isLoading={isLoading}
      user={user}
      onLogin={() => loginWithRedirect()}
      onLogout={() => logout({ logoutParams: { returnTo: redirectUri } })}
    />
  );
}

mount(
  <Auth0Provider
    domain={issuer.slice(0, -1)}
    clientId={clientId}
    authorizationParams={{ redirect_uri: redirectUri, scope }}
    cacheLocation="localstorage"
    useRefreshTokens
  >
    <App />
  </Auth0Provider>,
);
