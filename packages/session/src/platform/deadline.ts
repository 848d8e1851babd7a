import { AuthError } from '../errors.js';

/**
 * Settles as `work` does, or rejects after `timeoutMs`; the work itself continues.
 * @throws AuthError `timeout`, or what the work throws
 */
export function withDeadline<Result>(
  work: Promise<Result>,
  timeoutMs: number,
  message = 'No response in time. Try again.',
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new AuthError('timeout', message)), timeoutMs);
    work.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}
