import type { Library } from '../library.js';
import type { OptionRules } from '../options.js';

const NO_AUDIENCE =
  'Audience and scope per call have no equivalent: set "audience" and "scope" of the session.';

const loginParams: OptionRules = {
  scope: 'scope',
  connection: 'connection',
  organization: 'organization',
  prompt: 'prompt',
  screen_hint: 'screenHint',
  login_hint: 'loginHint',
  ui_locales: 'uiLocales',
  acr_values: 'acrValues',
  max_age: 'maxAgeSeconds',
  redirect_uri: {
    dropped: 'redirect_uri per login has no equivalent: set "redirectUri" of the session.',
  },
  audience: { dropped: NO_AUDIENCE },
};

/** Of `loginWithRedirect` and `loginWithPopup`. */
export const loginOptions: OptionRules = {
  appState: {
    nested: { returnTo: 'returnTo', target: 'returnTo' },
  },
  authorizationParams: { nested: loginParams },
  openUrl: 'openUrl',
  fragment: { advice: '"fragment" has no equivalent.' },
};

/** Of `logout`. */
export const logoutOptions: OptionRules = {
  logoutParams: {
    nested: {
      returnTo: 'returnTo',
      federated: { dropped: '"federated" has no equivalent: Sesamy ends its own session only.' },
    },
  },
  clientId: null,
  openUrl: {
    to: 'local',
    render: (source) => (source === 'false' ? 'true' : null),
    note: '"openUrl" is left out: the option "navigate" of the session opens the page of the logout.',
  },
};

/** Of `getAccessTokenSilently`. */
const tokenOptions: OptionRules = {
  authorizationParams: {
    nested: { audience: { dropped: NO_AUDIENCE }, scope: { dropped: NO_AUDIENCE } },
  },
  timeoutInSeconds: null,
  cacheMode: { advice: '"cacheMode" has no equivalent: call renew() of useSession before.' },
  detailedResponse: {
    advice: 'The token only is returned: info() of useSession has scope and expiry.',
  },
};

/** A domain is an issuer without scheme and slash. */
function issuerOf(domain: string): string {
  const literal = /^(['"])(?:https:\/\/)?([^'"/]+)\/?\1$/.exec(domain);
  return literal === null ? `\`https://\${${domain}}/\`` : `'https://${literal[2]}/'`;
}

export const auth0React: Library = {
  module: '@auth0/auth0-react',
  hook: 'useAuth0',
  provider: 'Auth0Provider',
  guard: 'withAuthenticationRequired',
  guardFallback: 'onRedirecting',
  types: { User: 'User' },
  members: {
    user: { kind: 'value', name: 'user' },
    error: { kind: 'error' },
    isAuthenticated: { kind: 'status', states: ['authenticated'] },
    isLoading: { kind: 'status', states: ['initializing', 'authenticating'] },
    loginWithRedirect: { kind: 'action', name: 'loginWithRedirect', options: loginOptions },
    loginWithPopup: { kind: 'action', name: 'loginWithPopup', options: loginOptions },
    logout: { kind: 'action', name: 'logout', options: logoutOptions },
    getAccessTokenSilently: {
      kind: 'action',
      name: 'getAccessToken',
      options: tokenOptions,
      isToken: true,
    },
    getAccessTokenWithPopup: {
      kind: 'none',
      advice:
        'getAccessTokenWithPopup has no equivalent: loginWithPopup({ scope }), then session.fetch.',
    },
    getIdTokenClaims: {
      kind: 'none',
      advice: 'getIdTokenClaims has no equivalent: "user" of useSession has the claims.',
    },
    handleRedirectCallback: {
      kind: 'none',
      advice: 'handleRedirectCallback has no equivalent: the session completes the login itself.',
    },
  },
  options: {
    domain: { to: 'issuer', render: issuerOf },
    clientId: 'clientId',
    authorizationParams: {
      nested: {
        redirect_uri: 'redirectUri',
        audience: 'audience',
        scope: 'scope',
        organization: 'organization',
      },
    },
    cacheLocation: {
      to: 'storage',
      render: (source) => (/^['"]memory['"]$/.test(source) ? "'memory'" : null),
    },
    useRefreshTokens: null,
    useRefreshTokensFallback: null,
    useMrrt: null,
    useCookiesForTransactions: null,
    cookieDomain: null,
    sessionCheckExpiryDays: null,
    onRedirectCallback: {
      dropped:
        'onRedirectCallback is left out: the session returns to "returnTo" itself. For client-side navigation set "navigate" of the session; move anything else to session.on("login-succeeded").',
    },
    skipRedirectCallback: {
      dropped:
        'skipRedirectCallback is left out: the session ignores callbacks of other libraries.',
    },
    context: { dropped: '"context" is left out: nest SesamyProvider instead.' },
  },
  advice: {
    withAuth0:
      'write the class as a function component with useSession(), or pass it what it needs.',
    Auth0Context: 'use useSession().',
    OAuthError: 'use isAuthError(error) and error.oauthError.',
    GenericError: 'use isAuthError(error) and error.code.',
  },
};
