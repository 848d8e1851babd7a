import { AuthError, toAuthError } from '../errors.js';

/**
 * Settles as `work` does, or rejects when the signal aborts; the work itself continues for other callers. Ignores what is
 * not a signal, which the core rejects.
 * @throws AuthError `aborted`, or what the work throws
 */
export function abortable<Result>(
  work: Promise<Result>,
  signal: Partial<AbortSignal> | null | undefined,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stopWaiting = (): void =>
      reject(new AuthError('aborted', 'The caller aborted.', { cause: signal?.reason }));
    const ignoreSignal = (): void => signal?.removeEventListener?.('abort', stopWaiting);
    if (signal?.aborted) stopWaiting();
    signal?.addEventListener?.('abort', stopWaiting);
    work.finally(ignoreSignal).then(resolve, (error: unknown) => reject(toAuthError(error)));
  });
}
