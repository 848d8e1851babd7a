import type { BegunLogin, LoginResult, PreparedLogin } from './login/login-request.js';
import type * as Protocol from './oidc/login.js';
import type { SessionEnd } from './flows/session-end.js';
import type { SessionRecords } from './storage/session-records.js';
import type { SessionInfo } from './session.js';
import type { EndReason } from './state.js';
import type { Credentials } from './tokens/credentials.js';
import type { User } from './user.js';

/**
 * How a session is kept: the one internal seam. The session handles states, tabs and timers; a driver handles tokens
 * or cookies and the wire. Its methods throw AuthErrors.
 */
export interface Driver extends Credentials {
  /**
   * Resolves to the remembered user, or `null`, and revalidates with the server in the background. With `revalidate`,
   * resolves to the server's result.
   */
  restore(options: { readonly revalidate: boolean }): Promise<User | null>;

  /** Begins a login, without leaving the page. */
  beginLogin(login: PreparedLogin): Promise<BegunLogin>;
  /** Completes the login of the callback URL. */
  completeLogin(url: URL): Promise<LoginResult>;

  /** Returns the `sub` of the user that a request would be sent for. */
  subject(): string | undefined;
  /** Resolves to what is known about the session; `null` without a user. */
  info(): Promise<SessionInfo | null>;
  /** Returns when to refresh ahead of expiry, in epoch milliseconds; `null` for never. */
  refreshDueAt(): number | null;

  /**
   * Drops the session of this page after a logout. Leaves the stored records alone, unless the logout was in another tab:
   * that one has removed all it knew, so tokens of this page that are still stored are removed and revoked.
   */
  signOutLocally(isElsewhere?: boolean): void;

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
  readonly loadProtocol: () => Promise<typeof Protocol>;
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
