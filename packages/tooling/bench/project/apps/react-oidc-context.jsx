import { WebStorageStateStore } from 'oidc-client-ts';
import { AuthProvider, useAuth } from 'react-oidc-context';
import { clientId, issuer, mount, Page, redirectUri, scope } from './page.jsx';

function App() {
  const { isLoading, user, signinRedirect, signoutRedirect } = useAuth();
  return (
    <Page
      isLoading={isLoading}
      user={user?.profile}
      onLogin={() => signinRedirect()}
      onLogout={() => signoutRedirect()}
    />
  );
}

mount(
  <AuthProvider
    authority={issuer}
    client_id={clientId}
    redirect_uri={redirectUri}
    scope={scope}
    userStore={new WebStorageStateStore({ store: localStorage })}
    onSigninCallback={() => history.replaceState(null, '', '/')}
  >
    <App />
  </AuthProvider>,
);
