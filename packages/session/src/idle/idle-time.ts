import { createIdleClock } from './idle-clock.js';
import { createLastActivity, type LastActivity } from './last-activity.js';

/** Activity is recorded at most this often. */
const RECORD_INTERVAL_MS = 1_000;

/** The time that is left until the logout, which the tabs share. */
export interface IdleTime extends Pick<LastActivity, 'listen'> {
  readonly leftMs: () => number;
  /** Records activity. */
  readonly record: () => void;
  /** Whether this tab has recorded activity within the last second. */
  readonly isRecent: () => boolean;
  /** Whether a tab has recorded activity since the last logout. */
  readonly isKnown: () => boolean;
  readonly forget: () => void;
}

/** Creates the time of the record with this name. */
export function createIdleTime(name: string, afterMs: number): IdleTime {
  const shared = createLastActivity(name);
  const clock = createIdleClock();
  let recordedAtMonotonicMs = -Infinity;
  return {
    leftMs() {
      const at = shared.read();
      if (at !== undefined) clock.see(at);
      return afterMs - clock.idleMs();
    },
    record() {
      recordedAtMonotonicMs = performance.now();
      const now = Date.now();
      shared.write(now);
      clock.see(now);
    },
    isRecent: () => performance.now() - recordedAtMonotonicMs < RECORD_INTERVAL_MS,
    isKnown: () => shared.read() !== undefined,
    forget: shared.remove,
    listen: shared.listen,
  };
}
