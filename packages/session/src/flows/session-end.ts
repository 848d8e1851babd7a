import type { SessionConfig } from '../options.js';
import { withDeadline } from '../platform/deadline.js';
import type { LogoutOptions } from '../session.js';
import { clearPendingLogout, isLogoutPending } from '../storage/logout-marker.js';
import { markPromptRequired } from '../storage/pending-logout.js';
import type { SessionRecords } from '../storage/session-records.js';
import type { Revocations } from './revocations.js';

/** The longest time that a logout waits for the server. */
const NOTIFY_TIMEOUT_MS = 3_000;

/** Ends a session in this browser and at the server. */
export interface SessionEnd extends Pick<Revocations, 'addRevocation' | 'revoke'> {
  /** Removes the session from this browser, except for what the server must still receive. Does not reject. */
  forget(options?: LogoutOptions): Promise<void>;
  /**
   * Removes what a pending logout has not removed from this browser. A login that another tab has made since, or is
   * making, stays. Does not reject.
   */
  forgetRest(): Promise<void>;
  /** Removes and revokes tokens that only this page has, after a logout in another tab. Does not reject. */
  forgetPageTokens(): Promise<void>;
  /**
   * Sends pending revocations and a pending logout, within 3 s. `isLeaving` if the page is about to redirect to the
   * server's logout. Does not reject; what the server has not received is sent next time.
   */
  notifyServer(isLeaving?: boolean): Promise<void>;
}

/** Creates the end of a session. Sends nothing until it is used. */
export type CreateEnd = (config: SessionConfig, records: SessionRecords) => SessionEnd;

/** Marks the logout as received by the server; see {@link SessionEnd.notifyServer}. */
export function markReceived(key: string, isLeaving: boolean): void {
  if (isLeaving) clearPendingLogout(key);
  else if (isLogoutPending(key)) markPromptRequired(key);
}

/** Creates {@link SessionEnd.notifyServer} from the function that notifies the server. */
export function notifyInTime(
  notify: (isLeaving: boolean) => Promise<void>,
): SessionEnd['notifyServer'] {
  return (isLeaving = false) => withDeadline(notify(isLeaving), NOTIFY_TIMEOUT_MS).catch(() => {});
}
