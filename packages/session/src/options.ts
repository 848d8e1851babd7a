import { AuthError } from './errors.js';
import { parseUrl } from './parse-url.js';

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

/** How an app describes itself and its Sesamy. Only `clientId` is required. */
export interface SessionOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /** How the session is kept. Default `refresh-token`, which works on any domain. */
  readonly mode?: SessionMode;
  /** With `sso-cookie`: what to do instead where the issuer is on another site than the page. Default: only warn. */
  readonly fallbackMode?: 'refresh-token';
  /** The authorization server. Default `https://token.sesamy.com/`; a custom domain is simply another issuer. */
  readonly issuer?: string;
  /** Where Sesamy's API is. Default `https://api.sesamy.com`. */
  readonly apiUrl?: string;
  /** Where the server sends the user back to, as registered. Default: the root of the page's origin. */
  readonly redirectUri?: string;
  /** Space-separated. Default `openid profile email`; `offline_access` is added where there is a refresh token to be had. */
  readonly scope?: string;
  /** The API the access token is for. Default: the server's own choice. */
  readonly audience?: string;
  /** Log in to this organization (its id); the answer must name the same one. */
  readonly organization?: string;
  /** `local` (default) keeps the session over reloads and in all tabs, `memory` only in this page. */
  readonly storage?: 'local' | 'memory';
  /** Origins besides that of `apiUrl` to which `session.fetch` may send the access token. */
  readonly allowedOrigins?: readonly string[];
  /** More parameters for the authorization request, in wire spelling, taken verbatim. */
  readonly authorizationParams?: Readonly<Record<string, string>>;
  /**
   * Checks the ID Token's signature against the issuer's keys as well. OpenID Connect does not ask for it, since
   * the token comes straight from the issuer; it costs each login a request, and 6 kB of code on demand.
   * Default `false`.
   */
  readonly verifySignature?: boolean;
  /** With `token-handler`: where the app's own origin has the handler. Default `/sesamy/auth`. */
  readonly authPath?: string;
  /** With `token-handler`: where the app's own origin has Sesamy's API, in place of `apiUrl`. Default `/sesamy/api`. */
  readonly apiPath?: string;
  /** With `token-handler`: the publisher's id there. Default `clientId`. */
  readonly vendorId?: string;
  /** With `token-handler`: how the handler is spoken to, where it differs from ours. */
  readonly tokenHandler?: Partial<TokenHandlerAdapter>;
  /**
   * How to go to a page of the app after a login, given as path, query and fragment. Default: `history.replaceState`
   * and a `popstate` event. Pass your router's own navigation where it does not follow that event; replace the
   * entry, since the current one is the login's callback.
   */
  readonly navigate?: (path: string) => void | Promise<void>;
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

/** What the kit sets and checks; an app that sets one of them breaks the login or its security. */
const RESERVED_PARAMS =
  /^(client_id|redirect_uri|response_(type|mode)|scope|state|nonce|code_challenge(_method)?|max_age|organization|request(_uri)?)$/;

/**
 * Checks the options and fills in Sesamy's defaults.
 * @throws AuthError `invalid_configuration`; the message names the option and the fix.
 */
export function resolveOptions(options: SessionOptions): SessionConfig {
  const { clientId, mode = 'refresh-token', storage = 'local', audience, redirectUri } = options;
  const { fallbackMode, vendorId = clientId, tokenHandler = {} } = options;
  const params = { ...(audience !== undefined && { audience }), ...options.authorizationParams };
  const secret = [...Object.keys(options), ...Object.keys(params)].find((key) =>
    /secret/i.test(key),
  );
  expect(secret ?? '', secret === undefined, 'left out: browsers keep no secrets');
  expect('clientId', /^[^\s;]+$/.test(clientId ?? ''), "the client id from Sesamy's dashboard");
  expectOneOf('mode', mode, ['refresh-token', 'sso-cookie', 'token-handler']);
  expectOneOf('storage', storage, ['local', 'memory']);
  expect('navigate', /function|undefined/.test(typeof options.navigate), 'a function');
  for (const name of Object.keys(params)) {
    expect(`authorizationParams.${name}`, !RESERVED_PARAMS.test(name), 'left out: the kit sets it');
  }
  const issuerUrl = checkUrl('issuer', options.issuer ?? 'https://token.sesamy.com/');
  const issuer = issuerUrl.href.replace(/\/?$/, '/');
  const apiUrl = checkUrl('apiUrl', options.apiUrl ?? 'https://api.sesamy.com');
  const authPath = parsePath('authPath', options.authPath ?? '/sesamy/auth');
  const apiPath = parsePath('apiPath', options.apiPath ?? '/sesamy/api');
  // Sessions for another API or organization, or kept in another way, are other sessions.
  const way = mode === 'refresh-token' ? undefined : mode;
  const parts = [clientId, issuer, audience, options.organization, way];
  return {
    clientId,
    mode,
    fallbackMode,
    issuer,
    apiUrl: mode === 'token-handler' ? apiPath : apiUrl.href.replace(/\/$/, ''),
    authPath,
    vendorId,
    tokenHandler,
    hintCookie: tokenHandler.hintCookie ?? 'sesamy_is_authenticated',
    redirectUri:
      redirectUri === undefined ? redirectUri : checkUrl('redirectUri', redirectUri).href,
    scope: [...new Set(`openid ${options.scope ?? 'profile email'}`.match(/\S+/g))].join(' '),
    organization: options.organization,
    storage,
    verifySignature: options.verifySignature,
    allowedOrigins: new Set([
      ...(mode === 'token-handler' ? [] : [apiUrl.origin]),
      ...(options.allowedOrigins ?? []).map((origin) => checkUrl('allowedOrigins', origin).origin),
    ]),
    authorizationParams: params,
    navigate: options.navigate,
    key: `sesamy-kit:${parts.filter(Boolean).join('@')}`.replaceAll(';', ','),
  };
}

/** Tokens travel to these URLs: only https will do, but for the developer's own machine. */
function checkUrl(name: string, value: string): URL {
  const url = parseUrl(value);
  const isSafe =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' &&
      /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(url.hostname));
  const isBare = url?.username === '' && url.password === '' && !/[?#]/.test(value);
  if (isSafe && isBare) return url;
  throw invalid(name, 'a bare https URL (http only for localhost)');
}

/** A path of the page's own origin: cookies and the proof against forgery go there. */
function parsePath(name: string, value: string): string {
  expect(name, /^\/(?!\/)[^\s?#\\]*$/.test(value), 'an absolute path');
  return value.replace(/\/$/, '');
}

function expectOneOf(name: string, value: unknown, choices: readonly unknown[]): void {
  expect(name, choices.includes(value), choices.join(' or '));
}

function expect(name: string, isGood: boolean, expected: string): void {
  if (!isGood) throw invalid(name, expected);
}

function invalid(name: string, expected: string): AuthError {
  return new AuthError('invalid_configuration', `The option "${name}" must be ${expected}.`);
}
