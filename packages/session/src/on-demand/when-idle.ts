import { isOnline } from './load.js';

/** A busy page loads ahead after this, too. */
const IDLE_TIMEOUT_MS = 5_000;

/**
 * Runs the task when the page is idle, or at once where the browser does not say when that is, as in Safari; not
 * while the browser is offline. For code that will be needed: it is there as long as the deploy that made this page.
 */
export function whenIdle(task: () => unknown): void {
  const run = (): void => {
    if (isOnline()) task();
  };
  if (typeof requestIdleCallback === 'function') {
    requestIdleCallback(run, { timeout: IDLE_TIMEOUT_MS });
  } else {
    run();
  }
}
