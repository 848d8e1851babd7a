import { report } from '../platform/report.js';
import type { IdleTime } from './idle-time.js';
import { runInOneTab } from './one-tab.js';

/** What the end of an idle session needs. */
export interface IdleEndContext {
  /** Names the lock that the tabs share. */
  readonly name: string;
  readonly time: IdleTime;
  readonly isSignedIn: () => boolean;
  readonly logout: () => Promise<unknown>;
}

/** Creates the function that logs out an idle user, unless another tab does. It does not reject. */
export function createIdleEnd({
  name,
  time,
  isSignedIn,
  logout,
}: IdleEndContext): () => Promise<void> {
  let isEnding = false;
  let wasGone = false;

  /** Whether another tab has just logged out, whose notice has not arrived yet. It removes the record. */
  function isLoggedOutElsewhere(): boolean {
    wasGone = !time.isKnown() && !wasGone;
    return wasGone;
  }

  return async () => {
    if (isEnding) return;
    isEnding = true;
    try {
      await runInOneTab(name, async () => {
        // Another tab may have been active, or have logged out, since.
        if (!isSignedIn() || time.leftMs() > 0 || isLoggedOutElsewhere()) return;
        await logout();
      });
    } catch (error) {
      report(error);
    } finally {
      isEnding = false;
    }
  };
}
