import type { RegisteredUser } from './user/register.js';
import type { TakeOver } from './migrate/take-over.js';
import type { StandardSchema } from './platform/standard-schema.js';
import type { UserIdentity } from './user.js';
/**
 * How a session is kept.
 *
 * - `refresh-token`: by a refresh token in this browser; works on any domain.
 * - `sso-cookie`: by the cookie of an authorization server on the page's own site; tokens are only in memory.
 * - `token-handler`: by cookies of a backend on the page's own origin; JavaScript never sees a token.
 */
export type SessionMode = 'refresh-token' | 'sso-cookie' | 'token-handler';

/** The parts of the token handler's protocol that Sesamy has not published. */
export interface TokenHandlerAdapter {
  /** The parameter for the return URL, at login and logout. Default `returnTo`. */
  readonly returnToParam: string;
  /** `POST` (default) sends a request before the page redirects; `GET` only redirects. */
  readonly logoutMethod: 'POST' | 'GET';
  /** The header that proves that a script of this origin sent the request. Default `X-Sesamy-CSRF`, with value `1`. */
  readonly csrfHeader: string;
  /** The readable cookie that exists while a user may be signed in. Default `sesamy_is_authenticated`. */
  readonly hintCookie: string;
}

/** A schema of users. */
export type UserSchema = StandardSchema<unknown, UserIdentity>;

/** How the session navigates. */
export interface Navigation {
  /** Navigates to a page of the app after a login, given as path, query and fragment. */
  readonly toPage?: ((path: string) => void | Promise<void>) | undefined;
  /**
   * Opens the server's page of a login or logout, which redirects back to the app. Default: `location.assign`. A native
   * shell opens the system's browser here, and loads the callback URL when the system hands it to the app.
   */
  readonly toServer?: ((url: string) => void | Promise<void>) | undefined;
}

/**
 * Options of a session. Only `clientId` is required. `undefined` is the same as leaving an option out, except where the
 * default is the less secure choice: `mode`, `storage`, `organization`, `verifySignature`.
 */
export interface SessionOptions {
  /** The application's client id, as shown in Sesamy's dashboard. */
  readonly clientId: string;
  /**
   * How the session is kept. Default `refresh-token`, which works on any domain. `auto` chooses: a token handler if one
   * responds below `authPath`, else `sso-cookie` if the issuer is on the page's site, else `refresh-token`.
   */
  readonly mode?: SessionMode | 'auto';
  /** With `sso-cookie`: the mode to use if the issuer is on another site than the page. Default: only warn. */
  readonly fallbackMode?: 'refresh-token' | undefined;
  /** The authorization server. Default `https://token.sesamy.com/`; a custom domain is another issuer. */
  readonly issuer?: string | undefined;
  /** The URL of Sesamy's API. Default `https://api.sesamy.com`; the issuer's origin if that is on this machine. */
  readonly apiUrl?: string | undefined;
  /** The registered redirect URI. Default: the root of the page's origin. */
  readonly redirectUri?: string | undefined;
  /**
   * Space-separated. Default `openid profile email`; `offline_access` is added in the mode `refresh-token`. A refresh
   * cannot widen it: a session whose login requested less ends, and needs a new login.
   */
  readonly scope?: string | undefined;
  /** The API the access token is for. Default: the server's choice. */
  readonly audience?: string | undefined;
  /** The id of the organization to log in to; the ID Token must name the same one. */
  readonly organization?: string;
  /** `local` (default) persists the session over reloads and in all tabs, `memory` only in this page. */
  readonly storage?: 'local' | 'memory';
  /** Origins other than that of `apiUrl` to which `session.fetch` may send the access token. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Additional parameters of the authorization request, in wire spelling, sent verbatim. */
  readonly authorizationParams?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Verifies the ID Token's signature with the issuer's keys. OpenID Connect does not require it, since the token comes
   * straight from the issuer; it costs a request per login and refresh, and 5 kB of code on demand.
   * Default `false`.
   */
  readonly verifySignature?: boolean;
  /** With `token-handler`: the path of the handler on the app's origin. Default `/sesamy/auth`. */
  readonly authPath?: string | undefined;
  /** With `token-handler`: the path of Sesamy's API on the app's origin, in place of `apiUrl`. Default `/sesamy/api`. */
  readonly apiPath?: string | undefined;
  /** With `token-handler`: the publisher's id at the handler. Default `clientId`. */
  readonly vendorId?: string | undefined;
  /** With `token-handler`: where the handler's protocol differs from the default. */
  readonly tokenHandler?: Partial<TokenHandlerAdapter> | undefined;
  /**
   * Navigates to a page of the app after a login, given as path, query and fragment; or, as an object, also to the
   * server. Default: `history.replaceState` and a `popstate` event. Pass your router's navigation if it does not handle that event; replace the history entry,
   * since the current one is the login's callback.
   */
  readonly navigate?: Navigation['toPage'] | Navigation;
  /**
   * Sends every request of the session in place of the platform's `fetch`, e.g. to trace them, or through a native
   * shell's HTTP stack. It must send requests unchanged. The hidden frame of `sso-cookie` and redirects are not requests.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Checks and types the user: a synchronous Standard Schema, e.g. of zod, valibot or arktype, whose output has `sub`. It
   * receives the claims of the user at each login and restore; claims that do not match are `claims_rejected`.
   * A renewal with such claims keeps the user and sets the state's `error`. {@link Register} its output.
   */
  readonly userSchema?: StandardSchema<unknown, RegisteredUser> | undefined;
  /**
   * Takes over, once, the session that another library has stored for the same client id and issuer, so that its user
   * need not log in again; with `refresh-token` only. Pass the libraries from `@sesamy-kit/session/migrate`. Default: none.
   */
  readonly takeOver?: readonly TakeOver[] | undefined;
  /** Never: a browser cannot keep a secret. */
  readonly clientSecret?: never;
  /** Never: a browser cannot keep a secret. */
  readonly client_secret?: never;
}

/** The options that a session uses before its core is loaded, with every default filled in. */
export interface BaseConfig extends Pick<
  SessionOptions,
  'clientId' | 'redirectUri' | 'fetch' | 'userSchema' | 'takeOver'
> {
  /** `auto` until the mode is chosen, which is when the core is loaded. */
  readonly mode: SessionMode | 'auto';
  /** Ends with a slash, as in Sesamy's `iss`. */
  readonly issuer: string;
  /** Has no trailing slash; a path of the page's own origin with `token-handler`. */
  readonly apiUrl: string;
  /** Has no trailing slash. */
  readonly authPath: string;
  readonly tokenHandler: Omit<Partial<TokenHandlerAdapter>, 'hintCookie'>;
  readonly hintCookie: string;
  /** An option, or one of the authorization parameters. */
  readonly audience: string | undefined;
  readonly storage: 'local' | 'memory';
  readonly toServer: Navigation['toServer'];
  /** Names this session's lock, channel and stored entries. */
  readonly key: string;
}

/** The options with every default filled in and every URL in its normal form. */
export interface SessionConfig extends BaseConfig {
  readonly fallbackMode: 'refresh-token' | undefined;
  readonly vendorId: string;
  readonly scope: string;
  readonly organization: string | undefined;
  readonly verifySignature: boolean | undefined;
  readonly allowedOrigins: ReadonlySet<string>;
  readonly authorizationParams: Readonly<Record<string, string>>;
  /** See {@link Navigation}. */
  readonly toPage: Navigation['toPage'];
}
