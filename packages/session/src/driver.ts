import type { AheadLoader } from './on-demand/ahead.js';
import type { LoginOptions } from './login/login-options.js';
import type { AuthError } from './errors.js';
import type { TaggedLogin } from './login/state-param.js';
import type { SessionEnd } from './flows/session-end.js';
import type { SessionRecords } from './storage/session-records.js';
import type { EndReason } from './state.js';
import type { User } from './user.js';

/** How a login that came back ended. */
export type LoginResult =
  | { readonly kind: 'completed'; readonly user: User; readonly returnTo: string }
  | { readonly kind: 'failed'; readonly error: AuthError; readonly returnTo: string }
  /** Nothing of ours is waiting for this answer: a reload, a step back, a bookmark. */
  | { readonly kind: 'stale' };

/** A login to begin. */
export interface LoginRequest extends TaggedLogin {
  readonly options: LoginOptions;
  /** The kit or the app began it without a click. Default `false`. */
  readonly isAutomatic?: boolean;
  /** Opens the login page, in place of the page itself. */
  readonly openUrl?: ((url: string) => void | Promise<void>) | undefined;
}

/** A login that is ready to leave. */
export interface BegunLogin {
  /** Where to send the browser to. */
  readonly url: string;
  /** The `state` that its answer comes back with. */
  readonly state: string;
}

/**
 * What there is to send a rejected request with: `renewed` credentials, those that the server has `confirmed`, or
 * `none` that would be better.
 */
export type Recovery = 'renewed' | 'confirmed' | 'none';

/**
 * How a session is kept: the one internal seam. The session knows states, tabs and timers; a driver knows
 * tokens or cookies and the wire. What it throws, it throws as AuthError.
 */
export interface Driver {
  /**
   * Resolves to the user this browser remembers, or `null`. What only the server can tell is requested in the
   * background, unless `revalidate`: then the result is the server's.
   */
  restore(options: { readonly revalidate: boolean }): Promise<User | null>;

  /** Prepares a login. */
  beginLogin(request: LoginRequest): Promise<BegunLogin>;
  /** Answers the callback URL. */
  completeLogin(url: URL): Promise<LoginResult>;

  /** Whom a request would speak for now, by `sub`. */
  subject(): string | undefined;
  /** The access token if it is good for that long, at once. */
  peekAccessToken(minValiditySeconds?: number): string | null;
  /** An access token good for that long, refreshed where needed; `signal` stops the waiting. */
  getAccessToken(minValiditySeconds?: number, signal?: AbortSignal): Promise<string>;
  /** Refreshes ahead of time, unless another tab has. */
  refresh(): Promise<void>;
  /** When to refresh ahead, in epoch milliseconds; `null` for never. */
  refreshDueAt(): number | null;
  /** The request with the credentials that the API asks for. */
  authorize(request: Request): Promise<Request>;
  /** After a 401: makes sure that what `rejected` was sent with is not used again, as far as that may help. */
  recover(rejected: Request): Promise<Recovery>;

  /** Lets go of the session in this page after a logout, here or in another tab; the records are not its concern. */
  signOutLocally(): void;

  /** Loads ahead the code that a signed-in page will need. */
  preload(): Promise<unknown>;
}

/** What a driver shares with its session, which is there when the driver is not. */
export interface DriverShare {
  readonly records: SessionRecords;
  readonly end: SessionEnd;
  /** Loads the protocol of a login, once for the session. */
  readonly loadProtocol: AheadLoader['loadProtocol'];
}

/** How a driver tells the session what it found out while it served a caller. */
export interface DriverEvents {
  /** The session was renewed; `isNew` when other tabs should look at what is stored now. */
  readonly onRenewed: (user: User, isNew: boolean) => void;
  readonly onEnded: (reason: EndReason) => void;
}
