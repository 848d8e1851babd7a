/** The length of Sesamy's rate-limit window: a longer wait is ignored. */
export const rateWindowSeconds = 60;

/** The parts of a response that may say when to retry. */
export interface RetryHint {
  status: number;
  headers: Headers;
}

/**
 * How long the server requests to wait, in seconds: `Retry-After` (seconds or a date), else what the body says,
 * else, once the rate limit is exceeded, `X-RateLimit-Reset` (unix seconds). Times are relative to the server's
 * `Date`, so that a wrong local clock does not matter.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterSeconds(
  { status, headers }: RetryHint,
  fromBody: number | undefined,
): number | undefined {
  const now = dateOf(headers.get('date')) ?? Date.now();
  const requested = parseRetryAfter(headers.get('retry-after'), now) ?? fromBody;
  return requested ?? (status === 429 ? untilReset(headers, now) : undefined);
}

function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return finite(Number(value));
  const date = dateOf(value);
  return date === undefined ? undefined : Math.max(0, (date - now) / 1000);
}

function untilReset(headers: Headers, now: number): number | undefined {
  const reset = headers.get('x-ratelimit-reset');
  if (reset === null || !/^\s*\d+\s*$/.test(reset)) return undefined;
  return finite(Math.max(0, Number(reset) - now / 1000));
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined;
}

function dateOf(value: string | null): number | undefined {
  const time = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
