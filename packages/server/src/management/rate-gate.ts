import { sleep } from './abortable.js';
import { ManagementError } from './errors.js';
import { rateWindowSeconds } from './retry-after.js';

/** Limits concurrent requests, and holds all while the server's rate limit is exceeded. */
export interface RateGate {
  /** Runs `send` in its turn. Rejects with `rate_limited` if that would take too long. */
  pass<T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Holds all requests for this long, at most one rate-limit window. */
  close(seconds: number): void;
}

/**
 * Keeps concurrent calls from hammering a used-up rate limit: after the first 429, those not yet sent wait
 * for the window to end, so that a burst costs hardly more requests than calls.
 */
export function createRateGate(maxConcurrency: number, maxWaitMs: number): RateGate {
  const queue: (() => void)[] = [];
  let running = 0;
  let openAt = 0;

  const enter = async (): Promise<void> => {
    if (running < maxConcurrency) running += 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  };
  const leave = (): void => {
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  };
  /** At most one window, also when the clock has been set back. */
  const remainingMs = (): number => {
    openAt = Math.min(openAt, Date.now() + rateWindowSeconds * 1000);
    return openAt - Date.now();
  };
  const untilOpen = async (signal: AbortSignal | undefined): Promise<void> => {
    for (let waitMs = remainingMs(); waitMs > 0; waitMs = remainingMs()) {
      if (waitMs > maxWaitMs) throw closedTooLong(waitMs);
      await sleep(waitMs, signal);
    }
  };

  return {
    async pass(send, signal) {
      await enter();
      try {
        await untilOpen(signal);
        return await send();
      } finally {
        leave();
      }
    },
    close(seconds) {
      const closedMs = Math.min(seconds, rateWindowSeconds) * 1000;
      openAt = Math.max(openAt, Date.now() + closedMs);
    },
  };
}

function closedTooLong(waitMs: number): ManagementError {
  const message =
    'The rate limit is used up; nothing was sent. Wait as long as retryAfterSeconds says.';
  return new ManagementError(message, {
    code: 'rate_limited',
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  });
}
