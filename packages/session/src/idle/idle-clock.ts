/** How far the wall clock may differ from a recorded time before it counts as set back. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Measures how long the user has been idle, over sleep, reloads and changes of the clock. */
export interface IdleClock {
  /** Takes the time of the last activity, in epoch milliseconds. */
  readonly see: (at: number) => void;
  /** Returns the idle time. */
  readonly idleMs: () => number;
}

/**
 * Creates the clock. The wall clock counts sleep and the time without a page; the monotonic clock does not run backwards.
 * The longer of the two counts. A first time that lies in the future is one from before the clock was set back, and
 * counts as long ago.
 */
export function createIdleClock(): IdleClock {
  let seenAt: number | undefined;
  let lastAt = Infinity;
  let lastMonotonicMs = Infinity;
  return {
    see(at) {
      if (at === seenAt) return;
      const ageMs = Date.now() - at;
      const wasSetBack = seenAt === undefined && ageMs < -CLOCK_TOLERANCE_MS;
      seenAt = at;
      lastAt = wasSetBack ? -Infinity : at;
      lastMonotonicMs = performance.now() - Math.max(0, ageMs);
    },
    idleMs: () => Math.max(Date.now() - lastAt, performance.now() - lastMonotonicMs),
  };
}
