import type { LoginOptions, RedirectLoginOptions } from './login/login-options.js';
import type { SessionState } from './state.js';
import type { User } from './user.js';

/** What to do after the logout. */
export interface LogoutOptions {
  /** Where the server sends the browser to, as registered. Default: `redirectUri` where it is set, else the origin's root. */
  readonly returnTo?: string | undefined;
}

/** What `fetchJson` takes beside what `fetch` does. */
export interface JsonRequestInit extends RequestInit {
  /** Resolves to the whole `{ data, meta }`, such as for the cursor of the next page. Default `false`: to `data`. */
  readonly envelope?: boolean | undefined;
}

/** How to ask for the user. */
export interface UserInfoOptions {
  /** Stops waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** What a token must be good for. */
export interface AccessTokenOptions {
  /** How long the token must still be valid. Default 10 s, or half the life of a token that lives less than 20 s. */
  readonly minValiditySeconds?: number | undefined;
  /** Stops waiting; a refresh that others wait for goes on. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The login session of one app, for all its tabs: a store of one {@link SessionState} and a few actions.
 * React reads it through `@sesamy-kit/react`; it works the same in loaders, tests and other frameworks.
 * Every promise rejects with an AuthError, that of `fetchJson` also with an ApiError. The functions need no `this`: take them apart as you like.
 */
export interface Session {
  readonly clientId: string;
  /** The authorization server; ends with a slash. */
  readonly issuer: string;
  /** Sesamy's API; no trailing slash. A path of the page's own origin with a token handler. */
  readonly apiUrl: string;
  /** The state now; the same reference until something changes. */
  readonly getSnapshot: () => SessionState;
  /** The state for a server render: always `initializing`. */
  readonly getServerSnapshot: () => SessionState;
  /** Calls `listener` after each change. While somebody listens, the session follows other tabs, sleep and the network. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Clears the `error` of the state. A guard may begin a login again after it.
   */
  readonly dismissError: () => void;
  /** Answers the login callback or restores the session. Call it as often as you like; it runs once and never rejects. */
  readonly start: () => Promise<void>;
  /**
   * Leaves the page for the login. The promise never resolves, since the page goes away. While a login is under way,
   * a call with the same options, or with `isAutomatic`, joins it; a call with other options takes its place, and
   * all callers share what comes of it.
   * Where the code of the login is gone, as after a deploy, the page is reloaded once and the login goes on.
   * @throws AuthError `network`, `timeout`, `chunk_load_failed`; `not_top_level` in a frame of another origin;
   * `storage_unavailable`; `aborted` when the user comes back by the Back button, or the page did not leave. With
   * `isAutomatic` also `login_loop`, `login_required` after a logout, and the error of the last login that failed
   */
  readonly loginWithRedirect: (options?: RedirectLoginOptions) => Promise<never>;
  /**
   * Loads the code of a login ahead of time, such as when the pointer is over its button. Loads nothing while the
   * browser is offline, and never rejects. `via` is how the login will go. Default `redirect`.
   */
  readonly preloadLogin: (via?: 'redirect' | 'popup') => Promise<void>;
  /**
   * Lets the user log in in a window of its own; the page stays as it is. Call it in the click itself. Where it
   * rejects with `popup_blocked`, fall back to `loginWithRedirect`. A user who was signed in before stays signed in
   * when it fails, and the state has its `error`.
   * @throws AuthError `popup_blocked`, `popup_closed`, `authorization_failed`, `callback_rejected`, `network`, `timeout`,
   * `chunk_load_failed`
   */
  readonly loginWithPopup: (options?: LoginOptions) => Promise<void>;
  /**
   * Ends the session in this browser and its tabs, then at the server, and leaves the page. It needs no code that has
   * yet to be loaded and waits at most 3 s for the server; what the server has not heard is told at the next load.
   */
  readonly logout: (options?: LogoutOptions) => Promise<void>;
  /**
   * A valid access token: at once when the one we hold will do, else after a refresh that all callers share.
   * @throws AuthError `login_required`, `network`, `timeout`, `chunk_load_failed`, `aborted`; `authorization_failed`,
   * `callback_rejected` where it had to be renewed; `invalid_configuration` with a token handler, which gives no token
   * to a script, and where the page may not have the hidden frame of `sso-cookie`
   */
  readonly getAccessToken: (options?: AccessTokenOptions) => Promise<string>;
  /**
   * `fetch` with the user's credentials (access token or cookies, depending on the mode), for the API's origin and
   * `allowedOrigins`. After a 401 it renews them once and sends the request again. A 401 is returned where that cannot
   * help: the token is less than 30 s old, there is no refresh token, or it did not help this origin within the hour.
   * A redirect is not followed unless `init.redirect` says so.
   * @throws AuthError `invalid_configuration` (also for an API that redirects), `login_required`, `network`, `timeout`,
   * `chunk_load_failed`, `aborted`
   */
  readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /**
   * Like `fetch`, but resolves to the JSON of a successful response, and to `null` for an empty one. Without the
   * `{ data, meta }` envelope that some versions of Sesamy's API put around it, unless `init.envelope` is true.
   * @throws ApiError for a response that is not a success or not JSON; AuthError as `fetch`
   */
  readonly fetchJson: (input: RequestInfo | URL, init?: JsonRequestInit) => Promise<unknown>;
  /**
   * The user as the server knows them now. Rejects an answer that is for another user than the session's; the state's
   * `user` does not change.
   * @throws AuthError as `fetch`, and `callback_rejected` for another user; ApiError for a response that is no success
   * @see OpenID Connect Core 1.0 section 5.3
   */
  readonly fetchUserInfo: (options?: UserInfoOptions) => Promise<User>;
}
