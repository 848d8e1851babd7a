import { checkOptions, isLoopback } from './check-options.js';
import { isDevelopment } from './development.js';
import { loadOptionHints } from './on-demand/option-hints.js';

/**
 * How a session is kept.
 *
 * - `refresh-token`: by a refresh token in this browser; works on any domain.
 * - `sso-cookie`: by the cookie of an authorization server on the page's own site; tokens are only in memory.
 * - `token-handler`: by cookies of a backend on the page's own origin; JavaScript never sees a token.
 */
export type SessionMode = 'refresh-token' | 'sso-cookie' | 'token-handler';

/** What Sesamy has not published of its token handler, in one place. */
export interface TokenHandlerAdapter {
  /** Names the parameter for the way back, at login and logout. Default `returnTo`. */
  readonly returnToParam: string;
  /** `POST` (default) tells the handler before the page leaves; `GET` only by leaving. */
  readonly logoutMethod: 'POST' | 'GET';
  /** The header that shows that a request came from a script of ours. Default `X-Sesamy-CSRF`, its value `1`. */
  readonly csrfHeader: string;
  /** The readable cookie that is there while somebody may be signed in. Default `sesamy_is_authenticated`. */
  readonly hintCookie: string;
}

/**
 * How an app describes itself and its Sesamy. Only `clientId` is required. `undefined` is the same as leaving an option
 * out, except where the default is the less secure choice: `mode`, `storage`, `organization`, `verifySignature`.
 */
export interface SessionOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /** How the session is kept. Default `refresh-token`, which works on any domain. */
  readonly mode?: SessionMode;
  /** With `sso-cookie`: what to do instead where the issuer is on another site than the page. Default: only warn. */
  readonly fallbackMode?: 'refresh-token' | undefined;
  /** The authorization server. Default `https://token.sesamy.com/`; a custom domain is simply another issuer. */
  readonly issuer?: string | undefined;
  /** Where Sesamy's API is. Default `https://api.sesamy.com`; the issuer's own origin where that is on this machine. */
  readonly apiUrl?: string | undefined;
  /** Where the server sends the user back to, as registered. Default: the root of the page's origin. */
  readonly redirectUri?: string | undefined;
  /**
   * Space-separated. Default `openid profile email`; `offline_access` is added where there is a refresh token to be had.
   * A refresh cannot widen it: a session whose login asked for less is over, and a new login is due.
   */
  readonly scope?: string | undefined;
  /** The API the access token is for. Default: the server's own choice. */
  readonly audience?: string | undefined;
  /** Log in to this organization (its id); the answer must name the same one. */
  readonly organization?: string;
  /** `local` (default) keeps the session over reloads and in all tabs, `memory` only in this page. */
  readonly storage?: 'local' | 'memory';
  /** Origins besides that of `apiUrl` to which `session.fetch` may send the access token. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** More parameters for the authorization request, in wire spelling, taken verbatim. */
  readonly authorizationParams?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Checks the ID Token's signature against the issuer's keys as well. OpenID Connect does not ask for it, since
   * the token comes straight from the issuer; it costs each login and refresh a request, and 5 kB of code on demand.
   * Default `false`.
   */
  readonly verifySignature?: boolean;
  /** With `token-handler`: where the app's own origin has the handler. Default `/sesamy/auth`. */
  readonly authPath?: string | undefined;
  /** With `token-handler`: where the app's own origin has Sesamy's API, in place of `apiUrl`. Default `/sesamy/api`. */
  readonly apiPath?: string | undefined;
  /** With `token-handler`: the publisher's id there. Default `clientId`. */
  readonly vendorId?: string | undefined;
  /** With `token-handler`: how the handler is spoken to, where it differs from ours. */
  readonly tokenHandler?: Partial<TokenHandlerAdapter> | undefined;
  /**
   * How to go to a page of the app after a login, given as path, query and fragment. Default: `history.replaceState`
   * and a `popstate` event. Pass your router's own navigation where it does not follow that event; replace the
   * entry, since the current one is the login's callback.
   */
  readonly navigate?: ((path: string) => void | Promise<void>) | undefined;
  /** Never: a browser cannot keep a secret. */
  readonly clientSecret?: never;
  /** Never: a browser cannot keep a secret. */
  readonly client_secret?: never;
}

/** The options with every default filled in and every URL in its normal form. */
export interface SessionConfig {
  readonly clientId: string;
  readonly mode: SessionMode;
  readonly fallbackMode: 'refresh-token' | undefined;
  /** Ends with a slash, as in Sesamy's `iss`. */
  readonly issuer: string;
  /** Has no trailing slash; a path of the page's own origin with `token-handler`. */
  readonly apiUrl: string;
  /** Has no trailing slash. */
  readonly authPath: string;
  readonly vendorId: string;
  readonly tokenHandler: Omit<Partial<TokenHandlerAdapter>, 'hintCookie'>;
  readonly hintCookie: string;
  readonly redirectUri: string | undefined;
  readonly scope: string;
  readonly organization: string | undefined;
  readonly storage: 'local' | 'memory';
  readonly verifySignature: boolean | undefined;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly authorizationParams: Readonly<Record<string, string>>;
  readonly navigate: SessionOptions['navigate'];
  /** Names this session's lock, channel and stored entries. */
  readonly key: string;
}

/**
 * Checks the options and fills in Sesamy's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function resolveOptions(options: SessionOptions): SessionConfig {
  const unknown = checkOptions(options);
  if (unknown.length > 0 && isDevelopment()) {
    loadOptionHints()
      .then(({ warnOfUnknown }) => warnOfUnknown(unknown))
      .catch(() => {});
  }
  const { clientId, mode = 'refresh-token', storage = 'local', redirectUri } = options;
  const { vendorId = clientId, scope = 'profile email', tokenHandler = {} } = options;
  const params = withoutUndefined({ audience: options.audience, ...options.authorizationParams });
  const issuerUrl = new URL(options.issuer ?? 'https://token.sesamy.com/');
  const issuer = issuerUrl.href.replace(/\/?$/, '/');
  // A token of the developer's own server must not go to Sesamy.
  const defaultApi = isLoopback(issuerUrl) ? issuerUrl.origin : 'https://api.sesamy.com';
  const apiUrl = new URL(options.apiUrl ?? defaultApi);
  const isHandled = mode === 'token-handler';
  return {
    clientId,
    mode,
    fallbackMode: options.fallbackMode,
    issuer,
    apiUrl: isHandled ? withoutSlash(options.apiPath ?? '/sesamy/api') : withoutSlash(apiUrl.href),
    authPath: withoutSlash(options.authPath ?? '/sesamy/auth'),
    vendorId,
    tokenHandler,
    hintCookie: tokenHandler.hintCookie ?? 'sesamy_is_authenticated',
    redirectUri: redirectUri === undefined ? redirectUri : new URL(redirectUri).href,
    scope: [...new Set(`openid ${scope}`.match(/\S+/g))].join(' '),
    organization: options.organization,
    storage,
    verifySignature: options.verifySignature,
    allowedOrigins: new Set([
      ...(isHandled ? [] : [apiUrl.origin]),
      ...(options.allowedOrigins ?? []).map((url) => new URL(url).origin),
    ]),
    authorizationParams: params,
    navigate: options.navigate,
    key: nameSession(clientId, issuer, mode, {
      audience: params['audience'],
      organization: options.organization,
    }),
  };
}

/**
 * Names the session. One for another API or organization, or one that is kept in another way, is another session. The
 * scope is not part of the name: a session with too narrow a scope is replaced by the next login.
 */
function nameSession(
  clientId: string,
  issuer: string,
  mode: SessionMode,
  target: Readonly<Record<string, string | undefined>>,
): string {
  const parts = [
    encodeURIComponent(clientId),
    // A semicolon separates the parts of the OAuth `state`, of which this is one.
    issuer.replaceAll(';', '%3B'),
    new URLSearchParams(withoutUndefined(target)).toString(),
    mode === 'refresh-token' ? '' : mode,
  ];
  return `sesamy-kit:${parts.filter(Boolean).join('@')}`;
}

function withoutUndefined(
  values: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');
