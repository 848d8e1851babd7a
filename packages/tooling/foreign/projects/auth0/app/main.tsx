import {
  Auth0Provider,
  OAuthError,
  PopupCancelledError,
  useAuth0,
  withAuth0,
  withAuthenticationRequired,
  type AppState,
  type Auth0ContextInterface,
  type GetTokenSilentlyOptions,
  type LogoutOptions,
  type RedirectLoginOptions,
  type User,
  type WithAuth0Props,
} from '@auth0/auth0-react';
import { Component, useState, useSyncExternalStore, type JSX } from 'react';
import { createRoot } from 'react-dom/client';

// An app as one writes it for @auth0/auth0-react, with what its README and EXAMPLES.md document.

interface Reader extends User {
  name?: string;
}

const domain = import.meta.env['VITE_DOMAIN'];
const isManual = sessionStorage.getItem('manual') !== null;

function usePath(): string {
  return useSyncExternalStore(
    (listener) => {
      addEventListener('popstate', listener);
      return () => removeEventListener('popstate', listener);
    },
    () => location.pathname,
  );
}

function go(path: string): void {
  history.replaceState({}, '', path);
  dispatchEvent(new PopStateEvent('popstate'));
}

function onRedirectCallback(appState?: AppState, user?: Reader): void {
  sessionStorage.setItem(
    'returned',
    JSON.stringify({ note: appState?.['note'], name: user?.name }),
  );
  go(appState?.returnTo ?? location.pathname);
}

class Badge extends Component<WithAuth0Props & { prefix: string }> {
  override render(): JSX.Element {
    const { auth0, prefix } = this.props;
    return <p>{`${prefix}: ${auth0.isAuthenticated ? auth0.user?.email : 'visitor'}`}</p>;
  }
}
const BadgeWithAuth0 = withAuth0(Badge);

const Members = withAuthenticationRequired(() => <h1>For members</h1>, {
  returnTo: () => '/members',
  onRedirecting: () => <p>Redirecting</p>,
  onBeforeAuthentication: async () => sessionStorage.setItem('before', 'called'),
  loginOptions: { appState: { note: 'guard' } },
});

const silently: GetTokenSilentlyOptions = {
  authorizationParams: { scope: 'openid profile email' },
};
const login: RedirectLoginOptions<AppState> = {
  appState: { returnTo: '/deep?x=1', note: 'hello' },
  authorizationParams: { login_hint: 'ada@example.com', prompt: 'login' },
};
const leaving: LogoutOptions = { logoutParams: { returnTo: location.origin } };

/** What each button does; the result is shown. */
const actions: Record<string, (auth0: Auth0ContextInterface<Reader>) => Promise<unknown>> = {
  'log in': async ({ loginWithRedirect }) => loginWithRedirect(login),
  'log in by URL': async ({ loginWithRedirect }) => {
    await loginWithRedirect({
      openUrl: (url) => sessionStorage.setItem('opened', new URL(url).pathname),
    });
    return sessionStorage.getItem('opened');
  },
  'log in by popup': async ({ loginWithPopup }) => {
    await loginWithPopup({ authorizationParams: { prompt: 'login' } });
    return 'popup is closed';
  },
  'token by popup': async ({ getAccessTokenWithPopup }) =>
    typeof (await getAccessTokenWithPopup({ authorizationParams: { scope: 'openid email' } })),
  token: async ({ getAccessTokenSilently }) => {
    const token = await getAccessTokenSilently(silently);
    const details = await getAccessTokenSilently({
      ...silently,
      detailedResponse: true,
    });
    const cached = await getAccessTokenSilently({ ...silently, cacheMode: 'cache-only' });
    return [
      token?.split('.').length,
      token === details?.access_token,
      token === cached,
      (details?.expires_in ?? 0) > 0,
    ];
  },
  'new token': async ({ getAccessTokenSilently }) =>
    typeof (await getAccessTokenSilently({ cacheMode: 'off' })),
  'token or code': async ({ getAccessTokenSilently }) => {
    try {
      return typeof (await getAccessTokenSilently());
    } catch (error) {
      return error instanceof Error && 'error' in error ? error.error : String(error);
    }
  },
  claims: async ({ getIdTokenClaims }) => {
    const claims = await getIdTokenClaims();
    return [claims?.sub, claims?.['iss'] === `${domain}/`, claims?.['aud']];
  },
  profile: async ({ createFetcher }) =>
    (await createFetcher({ baseUrl: domain }).fetchWithAuth('/client/v1/profile')).status,
  configuration: async ({ getConfiguration }) => getConfiguration().clientId,
  callback: async ({ handleRedirectCallback }) => {
    const { appState } = await handleRedirectCallback();
    return appState?.['note'];
  },
  'log out': async ({ logout }) => logout(leaving),
  'log out here': async ({ logout }) => logout({ openUrl: false }),
};

function describeError(error: Error): string {
  if (error instanceof PopupCancelledError) return `cancelled: ${error.error}`;
  if (error instanceof OAuthError) return `oauth: ${error.error}`;
  return 'error' in error ? `other: ${String(error.error)}` : error.message;
}

function Home(): JSX.Element {
  const auth0 = useAuth0<Reader>();
  const [result, setResult] = useState('');
  if (auth0.isLoading) return <p>Loading</p>;
  return (
    <>
      <h1>{auth0.isAuthenticated ? `Hello ${auth0.user?.name}` : 'Hello visitor'}</h1>
      {auth0.error !== undefined && <p role="alert">{describeError(auth0.error)}</p>}
      <BadgeWithAuth0 prefix="Badge" />
      <output>{result}</output>
      {Object.entries(actions).map(([name, run]) => (
        <button
          key={name}
          onClick={() => {
            run(auth0).then(
              (value) => setResult(`${name} ${JSON.stringify(value)}`),
              (error: unknown) => setResult(`${name} failed ${String(error)}`),
            );
          }}
        >
          {name}
        </button>
      ))}
    </>
  );
}

function Pages(): JSX.Element {
  return usePath() === '/members' ? <Members /> : <Home />;
}

createRoot(document.getElementById('root')!).render(
  <Auth0Provider
    domain={domain}
    clientId="publisher-web"
    authorizationParams={{ redirect_uri: location.origin + '/' }}
    useRefreshTokens
    cacheLocation="localstorage"
    onRedirectCallback={onRedirectCallback}
    skipRedirectCallback={isManual}
  >
    <Pages />
  </Auth0Provider>,
);
