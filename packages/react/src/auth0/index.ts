export { Auth0Context, initialContext } from './auth0-context.js';
export { Auth0Provider } from './auth0-provider.js';
export {
  AuthenticationError,
  GenericError,
  MissingScopesError,
  OAuthError,
  PopupCancelledError,
  PopupOpenError,
  PopupTimeoutError,
  TimeoutError,
  UnsupportedError,
} from './errors.js';
export type {
  Auth0ClientOptions,
  Auth0ProviderOptions,
  Auth0ProviderWithClientOptions,
  Auth0ProviderWithConfigOptions,
} from './options.js';
export type {
  AppState,
  Auth0ContextInterface,
  AuthorizationParams,
  CacheLocation,
  ClientConfiguration,
  Fetcher,
  FetcherConfig,
  GetTokenSilentlyOptions,
  GetTokenSilentlyVerboseResponse,
  GetTokenWithPopupOptions,
  IdToken,
  LogoutOptions,
  PopupConfigOptions,
  PopupLoginOptions,
  RedirectLoginOptions,
  RedirectLoginResult,
  User,
} from './types.js';
export { useAuth0 } from './use-auth0.js';
export { withAuth0, type WithAuth0Props } from './with-auth0.js';
export {
  withAuthenticationRequired,
  type WithAuthenticationRequiredOptions,
} from './with-authentication-required.js';
