import type { Library } from '../library.js';
import type { OptionRules } from '../options.js';

const loginOptions: OptionRules = {
  scope: 'scope',
  prompt: 'prompt',
  login_hint: 'loginHint',
  ui_locales: 'uiLocales',
  acr_values: 'acrValues',
  max_age: 'maxAgeSeconds',
  redirectMethod: null,
  url_state: { advice: '"url_state" has no equivalent: use returnTo.' },
  state: { advice: '"state" has no equivalent: returnTo is where the user returns to.' },
  redirect_uri: {
    dropped: 'redirect_uri per login has no equivalent: set "redirectUri" of the session.',
  },
};

/** A literal issuer ends in a slash, as Sesamy's does. */
function issuerOf(authority: string): string {
  return authority.replace(/^(['"])([^'"]*[^'"/])\1$/, '$1$2/$1');
}

const CLEAN_URL =
  'onSigninCallback is left out: the session removes the callback from the address and returns to "returnTo". Move anything else to session.on("login-succeeded").';

export const reactOidcContext: Library = {
  module: 'react-oidc-context',
  hook: 'useAuth',
  provider: 'AuthProvider',
  guard: 'withAuthenticationRequired',
  guardFallback: 'OnRedirecting',
  injector: { name: 'withAuth', prop: 'auth', propsType: null, valueType: 'AuthContextProps' },
  types: {},
  members: {
    user: { kind: 'value', name: 'user', isOidcUser: true },
    error: { kind: 'error' },
    isAuthenticated: { kind: 'status', states: ['authenticated'] },
    isLoading: { kind: 'status', states: ['initializing', 'authenticating'] },
    signinRedirect: {
      kind: 'action',
      name: 'loginWithRedirect',
      options: loginOptions,
      hasOtherResult: false,
    },
    signinPopup: {
      kind: 'action',
      name: 'loginWithPopup',
      options: loginOptions,
      hasOtherResult: true,
    },
    signinSilent: { kind: 'action', name: 'renew', options: {}, hasOtherResult: true },
    signoutRedirect: {
      kind: 'action',
      name: 'logout',
      options: { post_logout_redirect_uri: 'returnTo', id_token_hint: null },
    },
    removeUser: { kind: 'action', name: 'logout', options: {}, implied: '{ local: true }' },
    clearStaleState: {
      kind: 'none',
      advice: 'clearStaleState has no equivalent and needs none: remove the call.',
    },
    activeNavigator: {
      kind: 'none',
      advice:
        'activeNavigator has no equivalent: status is "authenticating" during a login, "logging-out" during a logout.',
    },
    events: { kind: 'none', advice: 'events has no equivalent: use session.on(type, listener).' },
    revokeTokens: { kind: 'none', advice: 'revokeTokens has no equivalent: logout revokes them.' },
  },
  options: {
    authority: { to: 'issuer', render: issuerOf },
    client_id: 'clientId',
    redirect_uri: 'redirectUri',
    scope: 'scope',
    response_type: null,
    response_mode: null,
    automaticSilentRenew: null,
    monitorSession: null,
    loadUserInfo: {
      dropped: 'loadUserInfo is left out: call session.fetchUserInfo() for claims of userinfo.',
    },
    silent_redirect_uri: null,
    popup_redirect_uri: null,
    accessTokenExpiringNotificationTimeInSeconds: null,
    extraQueryParams: 'authorizationParams',
    post_logout_redirect_uri: {
      dropped: 'post_logout_redirect_uri is left out: pass logout({ returnTo }).',
    },
    userStore: {
      dropped:
        'userStore is left out: the session stores tokens in IndexedDB, or with storage: "memory" not at all. Remove its import.',
    },
    stateStore: { dropped: 'stateStore is left out. Remove its import.' },
    onSigninCallback: { dropped: CLEAN_URL },
    onSignoutCallback: {
      dropped: 'onSignoutCallback is left out: use session.on("session-ended").',
    },
    onRemoveUser: { dropped: 'onRemoveUser is left out: use session.on("session-ended").' },
    skipSigninCallback: { dropped: 'skipSigninCallback is left out.' },
    metadata: { dropped: 'metadata is left out: the session discovers it.' },
    client_secret: {
      dropped: 'client_secret is left out: a browser keeps no secret. Register a public client.',
    },
  },
  advice: {
    hasAuthParams: 'the session completes the login itself: remove the check.',
    useAutoSignin: 'wrap the app in <RequireSession>.',
    AuthContext: 'use useSession(). A class takes the session as a prop from a function component.',
  },
};
