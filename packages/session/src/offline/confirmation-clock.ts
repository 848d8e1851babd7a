import { parseJson } from '../platform/json.js';
import { readEntry, removeEntry, writeEntry } from '../storage/local-entry.js';

/** How far a clock may be corrected backwards before it counts as set back. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Measures how long ago the server confirmed the session, over sleep, reloads and changes of the clock. */
export interface ConfirmationClock {
  /** The server has just confirmed the session. */
  readonly confirm: () => void;
  /** Returns how long ago that was; `Infinity` if it is not known, or the clock was set back. */
  readonly ageMs: () => number;
  /** Reads what another tab may have recorded. Returns whether the server has confirmed the session there. */
  readonly read: () => boolean;
  /** Forgets the session. */
  readonly forget: () => void;
}

/**
 * Creates the clock. The wall clock counts sleep and the time without a page, the monotonic clock does not run
 * backwards: the longer of the two counts. The latest time seen is recorded as well, so that a clock that was set back
 * between two page loads is recognized.
 */
export function createConfirmationClock(name: string): ConfirmationClock {
  let confirmedAt = -Infinity;
  let confirmedAtMonotonicMs = -Infinity;
  let seenAt = -Infinity;

  function read(): boolean {
    const stored = readRecord(name);
    if (stored === undefined || stored.confirmedAt === confirmedAt) return false;
    const now = Date.now();
    confirmedAt = stored.confirmedAt;
    seenAt = Math.max(stored.seenAt, confirmedAt);
    confirmedAtMonotonicMs = performance.now() - Math.max(0, now - confirmedAt);
    return true;
  }

  const write = (): void => writeEntry(name, JSON.stringify([confirmedAt, seenAt]));

  function forget(): void {
    confirmedAt = seenAt = -Infinity;
    removeEntry(name);
  }

  return {
    confirm() {
      confirmedAt = seenAt = Date.now();
      confirmedAtMonotonicMs = performance.now();
      write();
    },
    ageMs() {
      const now = Date.now();
      if (now < seenAt - CLOCK_TOLERANCE_MS) {
        // The record must not count again once the clock has caught up with it.
        forget();
        return Infinity;
      }
      if (now > seenAt && confirmedAt !== -Infinity) {
        seenAt = now;
        write();
      }
      return Math.max(now - confirmedAt, performance.now() - confirmedAtMonotonicMs);
    },
    read,
    forget,
  };
}

function readRecord(
  name: string,
): { readonly confirmedAt: number; readonly seenAt: number } | undefined {
  const value = parseJson(readEntry(name) ?? null);
  if (!Array.isArray(value)) return undefined;
  const [confirmedAt, seenAt]: unknown[] = value;
  const areTimes = typeof confirmedAt === 'number' && typeof seenAt === 'number';
  return areTimes ? { confirmedAt, seenAt } : undefined;
}
