import { AuthError, toAuthError } from './errors.js';

/**
 * Stops waiting when the caller says so; the work itself goes on for the others.
 * @throws AuthError `aborted`, or what the work throws
 */
export async function abortable<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  const stop = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stopWaiting = (): void =>
      reject(new AuthError('aborted', 'The caller stopped waiting.', { cause: signal?.reason }));
    if (signal?.aborted === true) stopWaiting();
    signal?.addEventListener('abort', stopWaiting, { signal: stop.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } catch (error) {
    throw toAuthError(error);
  } finally {
    stop.abort();
  }
}
