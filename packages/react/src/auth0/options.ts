import type { LoginOptions, Session, SessionOptions } from '@sesamy-kit/session';
import { UnsupportedError } from './errors.js';
import type {
  Auth0ProviderBaseOptions,
  AuthorizationParams,
  CacheLocation,
  User,
} from './types.js';

/** Options of Auth0's client. Those without a description have no effect: the session does it by itself. */
export interface Auth0ClientOptions {
  /** The authorization server, e.g. `token.sesamy.com`; with `http://` for one on this machine. */
  domain: string;
  clientId: string;
  /** The domain's; another one is unsupported. */
  issuer?: string;
  /** Parameters of every login, with the `redirect_uri`, `scope` and `audience` of the session. */
  authorizationParams?: AuthorizationParams;
  /** Takes over the session that Auth0's SDK has stored; see `takeOver` of a session. Not an option of Auth0's SDK. */
  takeOver?: SessionOptions['takeOver'];
  /** `memory` forgets the session at a reload. Default: the session's storage, which is IndexedDB. */
  cacheLocation?: CacheLocation;
  /** Unsupported. */
  cache?: object;
  /** `true` is unsupported. */
  useDpop?: boolean;
  useRefreshTokens?: boolean;
  useRefreshTokensFallback?: boolean;
  leeway?: number;
  authorizeTimeoutInSeconds?: number;
  httpTimeoutInSeconds?: number;
  legacySameSiteCookie?: boolean;
  useCookiesForTransactions?: boolean;
  sessionCheckExpiryDays?: number;
  cookieDomain?: string;
  useFormData?: boolean;
  workerUrl?: string;
}

/** A provider that creates its session. */
export type Auth0ProviderWithConfigOptions<TUser extends User = User> =
  Auth0ProviderBaseOptions<TUser> & Auth0ClientOptions & { client?: never };

/** A provider of an existing session. */
export type Auth0ProviderWithClientOptions<TUser extends User = User> =
  Auth0ProviderBaseOptions<TUser> & {
    /** A session of `createSesamySession`, which has options that Auth0's SDK has not. */
    client: Session;
  };

/** The props of `Auth0Provider`. */
export type Auth0ProviderOptions<TUser extends User = User> =
  | Auth0ProviderWithConfigOptions<TUser>
  | Auth0ProviderWithClientOptions<TUser>;

/** Returns the options of the session. @throws UnsupportedError */
export function toSessionOptions(options: Auth0ClientOptions): Omit<SessionOptions, 'navigate'> {
  const { clientId, cacheLocation } = options;
  const issuer = toUrl(options.domain);
  if (options.issuer !== undefined && toUrl(options.issuer) !== issuer) {
    throw new UnsupportedError('issuer', 'Set "domain" to the issuer.');
  }
  if (options.cache !== undefined) {
    throw new UnsupportedError('cache', 'The session stores its tokens itself. Leave it out.');
  }
  if (options.useDpop === true) {
    throw new UnsupportedError('useDpop', 'Sesamy issues bearer tokens. Leave it out.');
  }
  const {
    redirect_uri: redirectUri,
    scope,
    organization,
    audience,
    max_age: maxAge,
    ...params
  } = options.authorizationParams ?? {};
  if (maxAge !== undefined) {
    throw new UnsupportedError('authorizationParams.max_age', 'Pass it to "loginWithRedirect".');
  }
  return {
    clientId,
    issuer,
    redirectUri,
    audience,
    ...(scope !== undefined && { scope: withDefaultScope(scope) }),
    ...(organization !== undefined && { organization }),
    ...(cacheLocation === 'memory' && { storage: 'memory' }),
    authorizationParams: toText(params),
    takeOver: options.takeOver,
  };
}

/** Returns the options of a login. Audience and redirect URI are those of the session. */
export function toLoginOptions(params: AuthorizationParams | undefined): LoginOptions {
  const {
    scope,
    organization,
    max_age: maxAge,
    audience: _audience,
    redirect_uri: _redirectUri,
    ...rest
  } = params ?? {};
  return {
    ...(scope !== undefined && { scope }),
    ...(organization !== undefined && { organization }),
    ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
    authorizationParams: toText(rest),
  };
}

/** Returns the URL of a domain, which may have a scheme. */
function toUrl(domain: string): string {
  const url = /^https?:\/\//.test(domain) ? domain : `https://${domain}`;
  return url.replace(/\/?$/, '/');
}

/** As in Auth0's SDK, the default scope is always requested. */
function withDefaultScope(scope: string): string {
  return [...new Set(`openid profile email ${scope}`.split(/\s+/).filter(Boolean))].join(' ');
}

/** Returns the parameters as text: Auth0's SDK also takes numbers and booleans. */
function toText(params: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [[name, String(value)]]
        : [],
    ),
  );
}
