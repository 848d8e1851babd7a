import { AuthError } from '../errors.js';

/** Returns a signal that aborts after `timeoutMs`. Some browsers and test environments lack `AbortSignal.timeout`. */
export function timeoutSignal(timeoutMs: number): AbortSignal {
  if (typeof AbortSignal.timeout === 'function') return AbortSignal.timeout(timeoutMs);
  const controller = new AbortController();
  setTimeout(() => {
    controller.abort(new DOMException('The operation timed out.', 'TimeoutError'));
  }, timeoutMs);
  return controller.signal;
}

/**
 * Settles as `work` does, or rejects after `timeoutMs`; the work itself continues.
 * @throws AuthError `timeout` with `message`, or what the work throws
 */
export function withDeadline<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  message: string,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AuthError('timeout', message)), timeoutMs);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
