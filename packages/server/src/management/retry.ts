import { sleep } from './abortable.js';
import { isManagementError } from './errors.js';
import type { ManagementError } from './errors.js';

/** How failed requests are retried. */
export interface RetryPolicy {
  maxRetries: number;
  maxRetryDelayMs: number;
}

interface RetryOptions {
  signal?: AbortSignal | undefined;
  /** Called before the wait that precedes a retry. */
  onRetry?: ((error: ManagementError, delayMs: number) => void) | undefined;
}

const firstDelayMs = 1_000;
const spreadMs = 250;

/**
 * Runs `attempt` again while its error is retryable: after as long as the server requested, else after 1 s, 2 s, 4 s …,
 * each minus up to half at random. Throws the error if the wait exceeds `maxRetryDelayMs`.
 */
export async function withRetries<T>(
  { maxRetries, maxRetryDelayMs }: RetryPolicy,
  attempt: () => Promise<T>,
  { signal, onRetry }: RetryOptions = {},
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isManagementError(error) || !error.retryable || retries >= maxRetries) throw error;
      const { retryAfterSeconds, requestedRetryAfterSeconds = retryAfterSeconds } = error;
      if ((requestedRetryAfterSeconds ?? 0) * 1000 > maxRetryDelayMs) throw error;
      const delayMs = retryDelayMs(retries, retryAfterSeconds);
      onRetry?.(error, delayMs);
      await sleep(delayMs, signal);
    }
  }
}

function retryDelayMs(retries: number, retryAfterSeconds: number | undefined): number {
  // What the server requests is a minimum, spread a little so that waiting callers do not retry together.
  if (retryAfterSeconds !== undefined) return retryAfterSeconds * 1000 + Math.random() * spreadMs;
  return firstDelayMs * 2 ** retries * (1 - Math.random() / 2);
}
