import { isApiError, isAuthError } from '@sesamy-kit/react';

/** Describes a failed API call to the user. */
export function apiErrorWords(error: Error): string {
  if (isApiError(error)) return statusWords(error.status, error.retryAfterSeconds);
  if (isAuthError(error)) {
    return error.retryable
      ? 'The line to the desk is down.'
      : 'Your login has run out: log in again to go on.';
  }
  return 'The line to the desk is down.';
}

function statusWords(status: number, retryAfterSeconds: number | undefined): string {
  if (status === 429) {
    return retryAfterSeconds === undefined
      ? 'Too many requests. Wait a minute.'
      : `Too many requests. Wait ${String(retryAfterSeconds)} seconds.`;
  }
  if (status >= 500) return 'The desk is there, but in some disorder.';
  if (status === 401 || status === 403) return 'The desk did not accept your login for this.';
  return 'The desk did not accept that.';
}
