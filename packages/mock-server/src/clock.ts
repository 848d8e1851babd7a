/** A length of time in words, for `clock.advance()`. Parts add up. */
export interface ClockStep {
  readonly milliseconds?: number;
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

/** The time of one mock server. Every expiry, `iat` and cookie lifetime is decided by it. */
export interface Clock {
  /** Current time of the server in epoch milliseconds. */
  now(): number;
  /**
   * Moves the clock to an instant (epoch milliseconds); it keeps running unless it is frozen.
   * @throws RangeError for an instant outside the years 1970 to 9999, as `advance` does
   */
  set(epochMs: number): void;
  /** Moves the clock by a step, forwards or, with negative numbers, backwards. */
  advance(step: ClockStep): void;
  /** Stops the clock at its current time. `set` and `advance` still move it. */
  freeze(): void;
  /** Lets a frozen clock run again from where it stands. */
  resume(): void;
  /** Whether the clock stands still. */
  isFrozen(): boolean;
  /** Puts the clock back to the real time, running. */
  reset(): void;
}

/** Beyond the year 9999 neither HTTP dates nor ISO dates can be written in their usual form. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Whether a clock can stand at an instant. */
export function isClockTime(epochMs: number): boolean {
  return epochMs >= 0 && epochMs <= LAST_MS;
}

/** Creates a clock that runs with the real time until it is set or frozen. */
export function createClock(realNow: () => number = Date.now): Clock {
  let offsetMs = 0;
  let frozenAt: number | null = null;

  const now = (): number => frozenAt ?? Math.trunc(realNow() + offsetMs);
  const set = (epochMs: number): void => {
    if (!isClockTime(epochMs)) {
      throw new RangeError(
        'The clock takes epoch milliseconds between the years 1970 and 9999: clock.set(Date.parse("2030-01-01")).',
      );
    }
    if (frozenAt === null) offsetMs = epochMs - realNow();
    else frozenAt = Math.trunc(epochMs);
  };

  return {
    now,
    set,
    advance: (step) => set(now() + stepToMs(step)),
    freeze: () => {
      frozenAt = now();
    },
    resume: () => {
      if (frozenAt === null) return;
      offsetMs = frozenAt - realNow();
      frozenAt = null;
    },
    isFrozen: () => frozenAt !== null,
    reset: () => {
      offsetMs = 0;
      frozenAt = null;
    },
  };
}

function stepToMs(step: ClockStep): number {
  const { milliseconds = 0, seconds = 0, minutes = 0, hours = 0, days = 0 } = step;
  return milliseconds + 1000 * (seconds + 60 * (minutes + 60 * (hours + 24 * days)));
}
