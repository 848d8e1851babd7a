import type { ReactNode } from 'react';

/*
 * Names and shapes of `@auth0/auth0-react` 2.27. What an app cannot do here has the same type, and rejects with an
 * `UnsupportedError`.
 */

/** The signed-in user: the claims of the ID Token. */
export interface User {
  readonly sub?: string;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly nickname?: string;
  readonly preferred_username?: string;
  readonly picture?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly locale?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- Auth0's type: an app that reads its own claims compiles with both.
  readonly [claim: string]: any;
}

/** The claims of the ID Token, as far as a session keeps them. */
export interface IdToken extends User {
  /** Reading it throws an `UnsupportedError`: the session does not keep the raw ID Token. */
  readonly __raw: string;
  readonly iss?: string;
  readonly aud?: string;
  readonly acr?: string;
  readonly amr?: string[];
  /** When the user authenticated, in seconds since the epoch, as text. */
  readonly auth_time?: string;
}

/** The state of an app before it left for the login. Serialized as JSON. */
export interface AppState {
  /** The page that a login returns to, if there is no `onRedirectCallback`. */
  returnTo?: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- Auth0's type: an app that reads its own members compiles with both.
  [key: string]: any;
}

/** Parameters of the authorization request, by their wire names. */
export interface AuthorizationParams {
  display?: 'page' | 'popup' | 'touch' | 'wap';
  prompt?: 'none' | 'login' | 'consent' | 'select_account';
  max_age?: string | number;
  ui_locales?: string;
  id_token_hint?: string;
  screen_hint?: string;
  login_hint?: string;
  acr_values?: string;
  /** Requested in addition to the provider's. */
  scope?: string;
  /** The provider's. Another one is unsupported per call: it needs a provider of its own. */
  audience?: string;
  connection?: string;
  organization?: string;
  invitation?: string;
  /** The provider's. Another one is unsupported per call. */
  redirect_uri?: string;
  [key: string]: unknown;
}

/** Where Auth0's SDK keeps tokens. */
export type CacheLocation = 'memory' | 'localstorage';

/** Options of `loginWithRedirect`. */
export interface RedirectLoginOptions<TAppState = AppState> {
  authorizationParams?: AuthorizationParams;
  /** Passed to `onRedirectCallback` after the login. */
  appState?: TAppState;
  /** Appended to the URL of the login page, after `#`. */
  fragment?: string;
  /** Opens the login page instead of `location.assign`. */
  openUrl?: (url: string) => Promise<void> | void;
}

/** Options of `loginWithPopup`. */
export interface PopupLoginOptions {
  authorizationParams?: AuthorizationParams;
}

/** How a popup is opened. */
export interface PopupConfigOptions {
  /** After this, the popup is closed with a `PopupTimeoutError`. Default: no limit. */
  timeoutInSeconds?: number;
  /** Unsupported: the session opens its own window. */
  popup?: unknown;
  /** `false` is unsupported: the popup always closes. */
  closePopup?: boolean;
}

/** Options of `getAccessTokenSilently`. */
export interface GetTokenSilentlyOptions {
  /** `off` renews the token in any case; `cache-only` resolves to `undefined` instead of renewing it. Default `on`. */
  cacheMode?: 'on' | 'off' | 'cache-only';
  authorizationParams?: {
    redirect_uri?: string;
    scope?: string;
    audience?: string;
    [key: string]: unknown;
  };
  /** Rejects with a `TimeoutError` after this. Default: the session's own limits. */
  timeoutInSeconds?: number;
  /** Resolve to the token with its scope and lifetime. Default `false`. */
  detailedResponse?: boolean;
}

/** Options of `getAccessTokenWithPopup`. */
export interface GetTokenWithPopupOptions extends PopupLoginOptions {
  cacheMode?: 'on' | 'off' | 'cache-only';
}

/** What `getAccessTokenSilently` resolves to with `detailedResponse`. */
export interface GetTokenSilentlyVerboseResponse {
  access_token: string;
  /** Remaining seconds. */
  expires_in: number;
  scope?: string;
  /** Reading it throws an `UnsupportedError`: the session does not keep the raw ID Token. */
  readonly id_token: string;
}

/** Options of `logout`. */
export interface LogoutOptions {
  /** The provider's; another one, or `null`, is unsupported. */
  clientId?: string | null;
  logoutParams?: {
    /** Where the server redirects to; must be registered. Default: the provider's `redirect_uri`, else the origin. */
    returnTo?: string;
    /** `true` is unsupported. */
    federated?: boolean;
    [key: string]: unknown;
  };
  /** `false` ends the session in this browser only. A function opens the server's logout page. */
  openUrl?: false | ((url: string) => Promise<void> | void);
}

/** What `handleRedirectCallback` resolves to. */
export interface RedirectLoginResult<TAppState = AppState> {
  appState?: TAppState;
  response_type: 'code';
}

/** Which application at which server. */
export interface ClientConfiguration {
  domain: string;
  clientId: string;
}

/** Options of a fetcher. */
export interface FetcherConfig {
  /** Relative URLs are resolved against it. */
  baseUrl?: string;
}

/** Sends requests with the access token. */
export interface Fetcher {
  /** `fetch` with the access token, for the API's origin and the session's `allowedOrigins`. */
  fetchWithAuth: (info: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
}

/** The state of the login. */
export interface AuthState<TUser extends User = User> {
  error: Error | undefined;
  isAuthenticated: boolean;
  isLoading: boolean;
  user: TUser | undefined;
}

/** The functions of `useAuth0` that this session supports. */
export interface Auth0Functions {
  /** Resolves to an access token; to `undefined` only with the `cacheMode` `cache-only`. */
  getAccessTokenSilently: {
    (
      options: GetTokenSilentlyOptions & { detailedResponse: true },
    ): Promise<GetTokenSilentlyVerboseResponse | undefined>;
    (options?: GetTokenSilentlyOptions): Promise<string | undefined>;
  };
  /** Logs in by popup, for the `scope`, and resolves to the access token. */
  getAccessTokenWithPopup: (
    options?: GetTokenWithPopupOptions,
    config?: PopupConfigOptions,
  ) => Promise<string | undefined>;
  /** Resolves to the claims of the user; `undefined` if no user is signed in. */
  getIdTokenClaims: () => Promise<IdToken | undefined>;
  /** Redirects to the login. Pending until the page unloads, or `openUrl` has resolved. */
  loginWithRedirect: (options?: RedirectLoginOptions) => Promise<void>;
  /** Logs in by popup. A failed login does not reject, but becomes `error`, as in Auth0's SDK. */
  loginWithPopup: (options?: PopupLoginOptions, config?: PopupConfigOptions) => Promise<void>;
  logout: (options?: LogoutOptions) => Promise<void>;
  /** Resolves when the callback that the page was loaded with is completed. */
  handleRedirectCallback: (url?: string) => Promise<RedirectLoginResult>;
  createFetcher: (config?: FetcherConfig) => Fetcher;
  getConfiguration: () => Readonly<ClientConfiguration>;
}

/** The functions of Auth0's SDK without an equivalent: each throws an `UnsupportedError` that says what to do. */
export type UnsupportedFunctions = Record<
  | 'loginWithCustomTokenExchange'
  | 'customTokenExchange'
  | 'exchangeToken'
  | 'connectAccountWithRedirect'
  | 'revokeRefreshToken'
  | 'getDpopNonce'
  | 'setDpopNonce'
  | 'generateDpopProof',
  (...args: readonly unknown[]) => Promise<never>
>;

/** The clients of Auth0's own APIs. Each of their functions throws an `UnsupportedError`. */
export interface UnsupportedClients {
  readonly mfa: UnsupportedClient<
    'getAuthenticators' | 'enroll' | 'challenge' | 'verify' | 'getEnrollmentFactors'
  >;
  readonly passkey: UnsupportedClient<'signup' | 'login'>;
  readonly myAccount: UnsupportedClient<
    | 'getFactors'
    | 'getAuthenticationMethods'
    | 'getAuthenticationMethod'
    | 'updateAuthenticationMethod'
    | 'deleteAuthenticationMethod'
    | 'enrollmentChallenge'
    | 'enrollmentVerify'
  >;
  readonly anonymous: UnsupportedClient<
    'createSession' | 'getTokenSilently' | 'logout' | 'hasSession' | 'getClaims'
  >;
}

/** A client whose functions throw an `UnsupportedError`. */
export type UnsupportedClient<Name extends string> = Readonly<
  Record<Name, (...args: readonly unknown[]) => Promise<never>>
>;

/** What `useAuth0` returns. */
export interface Auth0ContextInterface<TUser extends User = User>
  extends AuthState<TUser>, Auth0Functions, UnsupportedFunctions, UnsupportedClients {}

/** What a provider takes, however its session is made. */
export interface Auth0ProviderBaseOptions<TUser extends User = User> {
  children?: ReactNode;
  /** Called after a login by redirect, in place of the navigation to the page where it began. */
  onRedirectCallback?: (appState?: AppState, user?: TUser) => void;
  /** Do not call `onRedirectCallback`. A callback of another library is never taken for the session's own. */
  skipRedirectCallback?: boolean;
  /** The context to provide. Default `Auth0Context`. */
  context?: React.Context<Auth0ContextInterface<TUser>>;
}
