import { AuthError, toAuthError } from '../errors.js';

/**
 * Settles as `work` does, or rejects when the signal aborts; the work itself continues for other callers.
 * @throws AuthError `aborted`, or what the work throws
 */
export function abortable<Result>(
  work: Promise<Result>,
  signal: AbortSignal | null | undefined,
): Promise<Result> {
  if (signal && typeof signal.addEventListener !== 'function') {
    work.catch(() => {});
    const error = new AuthError('invalid_configuration', '"signal" must be an AbortSignal.');
    return Promise.reject(error);
  }
  return new Promise((resolve, reject) => {
    const stopWaiting = (): void =>
      reject(new AuthError('aborted', 'The caller stopped waiting.', { cause: signal?.reason }));
    const ignoreSignal = (): void => signal?.removeEventListener('abort', stopWaiting);
    if (signal?.aborted === true) stopWaiting();
    signal?.addEventListener('abort', stopWaiting);
    work.finally(ignoreSignal).then(resolve, (error: unknown) => reject(toAuthError(error)));
  });
}
