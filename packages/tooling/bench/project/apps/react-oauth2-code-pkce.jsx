import { useContext } from 'react';
import { AuthContext, AuthProvider } from 'react-oauth2-code-pkce';
import { clientId, issuer, mount, Page, redirectUri, scope } from './page.jsx';

function App() {
  const { idTokenData, loginInProgress, logIn, logOut } = useContext(AuthContext);
  return (
    <Page
      isLoading={loginInProgress}
      user={idTokenData}
      onLogin={() => logIn()}
      onLogout={() => logOut()}
    />
  );
}

mount(
  <AuthProvider
    authConfig={{
      clientId,
      scope,
      redirectUri,
      authorizationEndpoint: `${issuer}authorize`,
      tokenEndpoint: `${issuer}oauth/token`,
      logoutEndpoint: `${issuer}oidc/logout`,
      autoLogin: false,
    }}
  >
    <App />
  </AuthProvider>,
);
