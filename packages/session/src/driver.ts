import type { Loaders } from './on-demand/loaders.js';
import type { LoginOptions } from './login/login-options.js';
import type { AuthError } from './errors.js';
import type { TaggedLogin } from './login/state-param.js';
import type { SessionEnd } from './flows/session-end.js';
import type { SessionRecords } from './storage/session-records.js';
import type { SessionInfo } from './session.js';
import type { EndReason } from './state.js';
import type { User } from './user.js';

/** The outcome of a login callback. */
export type LoginResult =
  | { readonly kind: 'completed'; readonly user: User; readonly returnTo: string }
  | { readonly kind: 'failed'; readonly error: AuthError; readonly returnTo: string }
  /** No pending login matches this callback: a reload, a step back, a bookmark. */
  | { readonly kind: 'stale' };

/** A login to start. */
export interface LoginRequest extends TaggedLogin {
  readonly options: LoginOptions;
  /** Started by the kit or the app, without a click. Default `false`. */
  readonly isAutomatic?: boolean;
  /** Opens the login page instead of `location.assign`. */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}

/** A prepared login. */
export interface BegunLogin {
  /** The URL to navigate to. */
  readonly url: string;
  /** The `state` of the authorization request. */
  readonly state: string;
}

/**
 * The credentials for retrying a rejected request: `renewed` ones, the same ones if the server `confirmed` them, or
 * `none` if no better ones are available.
 */
export type Recovery = 'renewed' | 'confirmed' | 'none';

/**
 * How a session is kept: the one internal seam. The session handles states, tabs and timers; a driver handles tokens
 * or cookies and the wire. Its methods throw AuthErrors.
 */
export interface Driver {
  /**
   * Resolves to the remembered user, or `null`, and revalidates with the server in the background. With `revalidate`,
   * resolves to the server's result.
   */
  restore(options: { readonly revalidate: boolean }): Promise<User | null>;

  /** Prepares a login. */
  beginLogin(request: LoginRequest): Promise<BegunLogin>;
  /** Completes the login of the callback URL. */
  completeLogin(url: URL): Promise<LoginResult>;

  /** Returns the `sub` of the user that a request would be sent for. */
  subject(): string | undefined;
  /** Returns the access token if it is valid for that long. */
  peekAccessToken(minValiditySeconds?: number): string | null;
  /** Resolves to an access token that is valid for that long, refreshed if needed; `signal` aborts the wait. */
  getAccessToken(minValiditySeconds?: number, signal?: AbortSignal): Promise<string>;
  /** Refreshes ahead of expiry, unless another tab has. */
  refresh(): Promise<void>;
  /** Renews in any case, by a request that starts after this call, of whichever tab. */
  renew(): Promise<void>;
  /** Resolves to what is known about the session; `null` without a user. */
  info(): Promise<SessionInfo | null>;
  /** Returns when to refresh ahead of expiry, in epoch milliseconds; `null` for never. */
  refreshDueAt(): number | null;
  /** Resolves to a copy of the request with the user's credentials. */
  authorize(request: Request): Promise<Request>;
  /** Replaces the credentials that `rejected` was sent with, after a 401. */
  recover(rejected: Request): Promise<Recovery>;

  /** Drops the session of this page after a logout, here or in another tab. Leaves the stored records alone. */
  signOutLocally(): void;

  /** For the devtools: treats the access token as expired, in this page. Missing where the page has no token. */
  expireAccessToken?(): void;

  /** Preloads the code that a signed-in page will need. */
  preload(): Promise<unknown>;
}

/** What a driver shares with its session, which exists before the driver is loaded. */
export interface DriverShare {
  readonly records: SessionRecords;
  readonly end: SessionEnd;
  /** Loads the login protocol, once per session. */
  readonly loadProtocol: Loaders['protocol'];
}

/** Events by which a driver notifies the session. */
export interface DriverEvents {
  /** The session was renewed; `isNew` if other tabs should read the stored record again. */
  readonly onRenewed: (user: User, isNew: boolean) => void;
  readonly onEnded: (reason: EndReason) => void;
  /** The tokens were renewed, by this page or by another tab. Called after `onRenewed`. */
  readonly onRenewal: (isOwn: boolean) => void;
  /** A renewal failed. Called before `onEnded`. */
  readonly onRenewalFailed: (error: unknown) => void;
}
