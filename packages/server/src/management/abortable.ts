import { ManagementError } from './errors.js';

/** The caller's signal aborted the call. */
export function aborted(): ManagementError {
  return new ManagementError('The call was aborted by its signal.', { code: 'aborted' });
}

/** Waits for `promise`, or fails with `aborted` when `signal` fires; the promise itself continues for other callers. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(aborted());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Waits `delayMs` milliseconds, or fails with `aborted` when `signal` fires. */
export function sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs);
  });
  return abortable(elapsed, signal).finally(() => clearTimeout(timer));
}
