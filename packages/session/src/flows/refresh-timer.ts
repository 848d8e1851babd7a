import type { Driver } from '../driver.js';
import { isAuthError } from '../errors.js';
import { isVisible } from './lifecycle.js';

/** The refresh timer of a session. Nothing depends on it: a call that needs a token refreshes it anyway. */
export interface RefreshTimer {
  /** Sets the timer from the driver's `refreshDueAt`, while the page is visible. */
  arm(): void;
  /** Stops the timer and resets its back-off. */
  disarm(): void;
  /** Whether a refresh that the timer started is in progress. */
  isFiring(): boolean;
  /** Returns when the timer fires next, in epoch milliseconds; `null` while it is not set. */
  nextAt(): number | null;
}

/** A longer delay would overflow and fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/**
 * Creates a timer that refreshes ahead of expiry, and backs off while the server or the network is down.
 * @param onFailed called with each failure of its own, except for the end of the session
 */
export function createRefreshTimer(
  driver: Pick<Driver, 'refresh' | 'refreshDueAt'>,
  onFailed?: (error: unknown) => void,
): RefreshTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isArmed = false;
  let isFiring = false;
  let failures = 0;
  let notBefore = 0;

  const stop = (): void => {
    isArmed = false;
    clearTimeout(timer);
  };

  const arm = (): void => {
    stop();
    const dueAt = driver.refreshDueAt();
    if (dueAt === null || !isVisible()) return;
    isArmed = true;
    const delayMs = Math.max(dueAt, notBefore) - Date.now();
    timer = setTimeout(() => void fire(), Math.min(Math.max(delayMs, 0), MAX_DELAY_MS));
  };

  const nextAt = (): number | null => {
    const dueAt = driver.refreshDueAt();
    return isArmed && dueAt !== null ? Math.max(dueAt, notBefore) : null;
  };

  const fire = async (): Promise<void> => {
    const dueAt = driver.refreshDueAt();
    if (dueAt === null) return;
    if (Math.max(dueAt, notBefore) <= Date.now()) {
      try {
        isFiring = true;
        await driver.refresh();
        failures = 0;
        // A refresh that makes the next one due immediately must not become a request loop.
        notBefore = Date.now() + FIRST_RETRY_MS;
      } catch (error) {
        if (isAuthError(error) && error.code === 'login_required') return;
        const retryMs = Math.min(FIRST_RETRY_MS * 2 ** failures++, MAX_RETRY_MS);
        const waitMs = isAuthError(error) ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
        notBefore = Date.now() + Math.max(waitMs, retryMs * (0.5 + Math.random() / 2));
        onFailed?.(error);
      } finally {
        isFiring = false;
      }
    }
    // The timer may have been disarmed during the refresh.
    if (isArmed) arm();
  };

  return {
    arm,
    disarm() {
      stop();
      failures = 0;
      notBefore = 0;
    },
    isFiring: () => isFiring,
    nextAt,
  };
}
