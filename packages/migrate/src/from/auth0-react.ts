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

/** Of `loginWithRedirect` and `loginWithPopup`; version 1 of the library has the parameters beside the others. */
export const loginOptions: OptionRules = {
  ...loginParams,
  redirectUri: loginParams['redirect_uri'] ?? null,
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
  returnTo: 'returnTo',
  clientId: null,
  client_id: null,
  localOnly: { to: 'local', render: (source) => source },
  openUrl: {
    to: 'local',
    render: (source) => (source === 'false' ? 'true' : null),
    note: '"openUrl" is left out: the option "navigate" of the session opens the page of the logout.',
  },
};

/** Of `getAccessTokenSilently`. */
const tokenOptions: OptionRules = {
  audience: { dropped: NO_AUDIENCE },
  scope: { dropped: NO_AUDIENCE },
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
  injector: {
    name: 'withAuth0',
    prop: 'auth0',
    propsType: 'WithAuth0Props',
    valueType: 'Auth0ContextInterface',
  },
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
      isDefault: (source) => /^['"]localstorage['"]$/.test(source),
      note: 'cacheLocation is left out: the session keeps tokens across reloads; set "storage" to "memory" where it must not.',
    },
    cache: {
      dropped:
        '"cache" is left out: the session stores tokens itself, or with storage: "memory" not at all.',
    },
    // Version 1 of the library has these beside the others.
    redirectUri: 'redirectUri',
    audience: 'audience',
    scope: 'scope',
    organization: 'organization',
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
    Auth0Context:
      'use useSession(). A class takes the session as a prop from a function component.',
    OAuthError: 'use isAuthError(error) and error.oauthError.',
    GenericError: 'use isAuthError(error) and error.code.',
  },
};
