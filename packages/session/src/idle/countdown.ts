import type { Store } from '../store.js';

import { ACTIVE, OFF, type IdleState } from './idle-state.js';
import type { IdleTime } from './idle-time.js';

/** Timers stop during sleep, so the clock is read at least this often. */
const MAX_TIMER_MS = 30_000;

/** How long a tab waits for the logout of another before it logs out itself. */
const RETRY_MS = 5_000;

/** What a countdown needs. */
export interface CountdownContext {
  readonly store: Store<IdleState>;
  readonly time: IdleTime;
  readonly warnMs: number;
  readonly isSignedIn: () => boolean;
  /** Logs out. Called again while that has not ended the session. */
  readonly end: () => Promise<void>;
}

/** Keeps the state up to date while time passes. */
export interface Countdown {
  /** Brings the state up to date, logs out when it is time, and sets the next timer. */
  readonly check: () => void;
  readonly stop: () => void;
}

/** Creates the countdown. It starts with the first check. */
export function createCountdown({
  store,
  time,
  warnMs,
  isSignedIn,
  end,
}: CountdownContext): Countdown {
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Sets the state; returns when to look again. */
  function update(leftMs: number): number {
    if (leftMs <= 0) {
      void end();
      return RETRY_MS;
    }
    if (leftMs > warnMs) {
      store.set(ACTIVE);
      return leftMs - warnMs;
    }
    const secondsLeft = Math.ceil(leftMs / 1000);
    if (store.get().secondsLeft !== secondsLeft) store.set({ status: 'warning', secondsLeft });
    return leftMs - (secondsLeft - 1) * 1000;
  }

  function check(): void {
    clearTimeout(timer);
    if (isSignedIn()) timer = setTimeout(check, Math.min(update(time.leftMs()), MAX_TIMER_MS));
    else store.set(OFF);
  }

  return {
    check,
    stop() {
      clearTimeout(timer);
      store.set(OFF);
    },
  };
}
