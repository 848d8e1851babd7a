import type { LoginOptions, RedirectLoginOptions } from './login/login-options.js';
import type { SessionEventOf, SessionEventType } from './events/session-event.js';
import type { SessionMode } from './options.js';
import type { OutputOf, StandardSchema } from './platform/standard-schema.js';
import type { SessionState } from './state.js';
import type { User } from './user.js';

/** Options of `logout`. */
export interface LogoutOptions {
  /** Where the server redirects to; must be registered. Default: `redirectUri` if set, else the origin's root. */
  readonly returnTo?: string | undefined;
  /**
   * Ends the session in this browser only: revokes the tokens, but does not leave for the server, which may log the user
   * in again without a password. The promise resolves when it is done. Not for shared computers. Default `false`.
   */
  readonly local?: boolean | undefined;
}

/** What is known about a session; no token. Unknown values are `null`. */
export interface SessionInfo {
  /** How the session is kept; not the option's value if `fallbackMode` applies. */
  readonly mode: SessionMode;
  /** When the access token expires, in epoch milliseconds of this device's clock. `null` with a token handler. */
  readonly expiresAt: number | null;
  /** The granted scope, space-separated. */
  readonly scope: string | null;
  /** The class of the user's authentication. @see OpenID Connect Core 1.0 section 2 (`acr`) */
  readonly acr: string | null;
  /** The methods of the user's authentication, e.g. `pwd`, `otp`. @see RFC 8176 */
  readonly amr: readonly string[] | null;
  /** When the user authenticated, in epoch milliseconds of this device's clock (`auth_time`). */
  readonly authTime: number | null;
}

/** Options of `session.fetch`, in addition to those of the platform's `fetch`. */
export interface SessionRequestInit extends RequestInit {
  /**
   * `optional` sends the request without credentials if no user is signed in. Default `required`: see
   * `whenSignedOut`.
   */
  readonly auth?: 'required' | 'optional' | undefined;
  /**
   * What to do if no user is signed in, or the session ends before the API has accepted the request. `reject` (default)
   * rejects with `login_required`. `wait` waits for the next login by popup or in another tab, then sends the request
   * once. It rejects with the error of the login if that fails, `user_changed` if another user logs in, and `aborted`
   * after `cancelLogin` or by the signal. The body must not be a stream, which can be read only once. If
   * the code for it is gone after a deploy, it is `reject`.
   */
  readonly whenSignedOut?: 'reject' | 'wait' | undefined;
  /**
   * The `sub` of the user whose request this is. It rejects with `user_changed` if another user is signed in. Default:
   * the user at the time of the call; with `whenSignedOut: 'wait'` also the last one of this page.
   */
  readonly forUser?: string | undefined;
}

/** Options of `fetchJson`, in addition to those of `fetch`. */
export interface JsonRequestInit<
  Schema extends StandardSchema = StandardSchema,
  HasMeta extends boolean = boolean,
> extends SessionRequestInit {
  /** Validates the data, and types the result: any Standard Schema, e.g. of zod, valibot or arktype. */
  readonly schema?: Schema | undefined;
  /** Resolve to a {@link JsonResponse} with status and headers. Default `false`: only the data. */
  readonly meta?: HasMeta | undefined;
  /** Resolve to the whole `{ data, meta }`, e.g. for the cursor of the next page. Default `false`: only `data`. */
  readonly envelope?: boolean | undefined;
}

/** What `fetchJson` resolves to with `meta: true`. */
export interface JsonResponse<Data> {
  readonly data: Data;
  readonly status: number;
  readonly headers: Headers;
  /** The `meta` of the API's envelope, e.g. the cursor of the next page; `undefined` without an envelope. */
  readonly meta: unknown;
}

/** What `fetchJson` resolves to. */
export type JsonResult<
  Schema extends StandardSchema,
  HasMeta extends boolean,
> = HasMeta extends true ? JsonResponse<OutputOf<Schema>> : OutputOf<Schema>;

/** Options of `fetchUserInfo`. */
export interface UserInfoOptions {
  /** Aborts the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `getAccessToken`. */
export interface AccessTokenOptions {
  /** Minimum remaining lifetime of the token. Default 10 s, or half the lifetime of a token that lives less than 20 s. */
  readonly minValiditySeconds?: number | undefined;
  /** Aborts the wait; a refresh shared with other callers continues. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The login session of one app, shared by its tabs: a store of one {@link SessionState} and a few actions.
 * React reads it through `@sesamy-kit/react`; it works the same in loaders, tests and other frameworks.
 * Every promise rejects with an AuthError; `fetchJson` also with an ApiError. The functions do not use `this` and can
 * be destructured.
 */
export interface Session {
  readonly clientId: string;
  /** The authorization server; ends with a slash. */
  readonly issuer: string;
  /** Sesamy's API; no trailing slash. A path of the page's own origin with a token handler. */
  readonly apiUrl: string;
  /** Returns the current state; the same reference until it changes. */
  readonly getSnapshot: () => SessionState;
  /** Returns the state for server rendering: always `initializing`. */
  readonly getServerSnapshot: () => SessionState;
  /** Calls `listener` after each change. While it has listeners, the session follows other tabs, sleep and the network. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Calls `listener` at each event of the type; `*` is all types. Returns a function that removes it. Listen before
   * `start()` to receive what happens there. Nothing is loaded or stored for it, and listening does not start the
   * session.
   * @see SessionEvent for the types and their fields
   */
  readonly on: <Type extends SessionEventType | '*'>(
    type: Type,
    listener: (event: SessionEventOf<Type>) => void,
  ) => () => void;
  /** Clears the `error` of the state, so that a guard may start a login again. */
  readonly dismissError: () => void;
  /** Completes the login callback or restores the session. Runs once, however often it is called, and never rejects. */
  readonly start: () => Promise<void>;
  /**
   * Resolves when the state is no longer `initializing`, and starts the session for that: for `await session.ready`, and
   * for React's `use(session.ready)`. Never rejects. On a server it resolves, although the state stays `initializing`.
   */
  readonly ready: PromiseLike<void>;
  /**
   * Redirects to the login. The promise never resolves, since the page unloads. While a login is in progress, a call
   * with the same options, or with `isAutomatic`, joins it; a call with other options replaces it. All callers share
   * the outcome. With `openUrl` or `navigate.toServer` the page may stay: the login is then in progress until its
   * callback arrives in this page or `cancelLogin` is called, and another call opens the login page again.
   * If the login's code is no longer on the server, e.g. after a deploy, reloads the page once and continues the login.
   * @throws AuthError `network`, `timeout`, `chunk_load_failed`; `not_top_level` in a frame of another origin;
   * `storage_unavailable`; `aborted` when the user returns with the Back button, the page did not unload, or
   * `cancelLogin` was called; the error of a callback that arrives in this page. With `isAutomatic` also `login_loop`,
   * `login_required` after a logout, and the error of the last failed login
   */
  readonly loginWithRedirect: (options?: RedirectLoginOptions) => Promise<never>;
  /**
   * Preloads the code of a login, e.g. when the pointer enters the login button. Never rejects. While the browser is
   * offline, it loads from this machine only. `via` is the kind of login to prepare for. Default `redirect`.
   */
  readonly preloadLogin: (via?: 'redirect' | 'popup') => Promise<void>;
  /**
   * Logs the user in in a popup window; the page stays. Call it synchronously in the click handler. If it rejects with
   * `popup_blocked`, fall back to `loginWithRedirect`. If it fails, a user who was already signed in stays signed in,
   * and the state carries the `error`.
   * @throws AuthError `popup_blocked`, `popup_closed`, `authorization_failed`, `callback_rejected`, `network`, `timeout`,
   * `chunk_load_failed`
   */
  readonly loginWithPopup: (options?: LoginOptions) => Promise<void>;
  /**
   * Declines the login that calls with `whenSignedOut: 'wait'` wait for: they reject with `aborted`, which becomes the
   * state's `error`. Closes the window of a login by popup, which then rejects with `popup_closed`, and ends a login by
   * redirect, which rejects with `aborted`: call it when the user has closed the system's browser.
   */
  readonly cancelLogin: () => void;
  /**
   * Ends the session in this browser and its tabs, then at the server, and redirects. Loads no code on demand, and
   * waits at most 3 s for the server; what the server did not receive is sent again at the next page load.
   */
  readonly logout: (options?: LogoutOptions) => Promise<void>;
  /**
   * Resolves to a valid access token: immediately if the current one suffices, else after a refresh shared by all
   * callers.
   * @throws AuthError `login_required`, `network`, `timeout`, `chunk_load_failed`, `aborted`; `authorization_failed`,
   * `callback_rejected` if the refresh fails; `invalid_configuration` with a token handler, which gives scripts no
   * token, and if the page may not embed the hidden frame of `sso-cookie`
   */
  readonly getAccessToken: (options?: AccessTokenOptions) => Promise<string>;
  /**
   * Renews the session in any case, e.g. after a purchase or a change of the profile, so that the new access token and
   * the `user` have what has changed. Concurrent calls, also of other tabs, share one request if it started after them.
   * With a token handler it fetches the user again; the handler renews its tokens by itself.
   * @throws AuthError as `getAccessToken`
   */
  readonly renew: () => Promise<void>;
  /**
   * Resolves to what is known about the session, e.g. how and when the user logged in; `null` if no user is signed in.
   * @throws AuthError `network`, `timeout`, `chunk_load_failed`
   */
  readonly info: () => Promise<SessionInfo | null>;
  /**
   * `fetch` with the user's credentials (access token or cookies, depending on the mode), for the API's origin and
   * `allowedOrigins`. After a 401 it renews them once and retries the request. The 401 is returned if a renewal cannot
   * help: the token is less than 30 s old, there is no refresh token, or one did not help this origin in the last hour.
   * Redirects are not followed unless `init.redirect` is set. With `auth: 'optional'`, a visitor's request is sent without
   * credentials.
   * @throws AuthError `invalid_configuration` (also for an API that redirects), `login_required`, `network`, `timeout`,
   * `chunk_load_failed`, `user_changed`, `aborted`
   */
  readonly fetch: (input: RequestInfo | URL, init?: SessionRequestInit) => Promise<Response>;
  /**
   * Like `fetch`, but resolves to the JSON body of a successful response, or `null` if it is empty. Removes the
   * `{ data, meta }` envelope of some versions of Sesamy's API, unless `init.envelope` is true. With `init.schema` the
   * result is validated and typed, with `init.meta` it comes with status and headers.
   * @throws ApiError for an error response, one that is not JSON, and `schema_mismatch`; AuthError as `fetch`
   */
  readonly fetchJson: <
    Schema extends StandardSchema = StandardSchema,
    HasMeta extends boolean = false,
  >(
    input: RequestInfo | URL,
    init?: JsonRequestInit<Schema, HasMeta>,
  ) => Promise<JsonResult<Schema, HasMeta>>;
  /**
   * Resolves to the user's current claims from the server. Rejects a response for a user other than the session's. The
   * `user` of the state does not change.
   * @throws AuthError as `fetch`, and `callback_rejected` for another user; ApiError for an error response
   * @see OpenID Connect Core 1.0 section 5.3
   */
  readonly fetchUserInfo: (options?: UserInfoOptions) => Promise<User>;
}
