import { isOnline } from './load.js';

/** A busy page runs the task after this. */
const IDLE_TIMEOUT_MS = 5_000;

/**
 * Runs the task when the page is idle, or immediately in browsers without `requestIdleCallback`, e.g. Safari; not while
 * the browser is offline. For preloading code before the next deploy removes it.
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
