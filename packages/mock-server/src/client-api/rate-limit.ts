import type { MiddlewareHandler } from 'hono';
import type { AppEnv, ServerContext } from '../context.js';

/** Requests a minute that Sesamy's documentation names. */
export interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

/** The limit of the client API. */
export const CLIENT_RATE_LIMIT: RateLimit = { perMinute: 300, burst: 500 };

/**
 * Sets the rate limit headers on every response of an API, counted per token and minute of the server's
 * clock. With `enforcesRateLimits` requests beyond the burst get 429.
 */
export function rateLimitMiddleware(
  server: ServerContext,
  limit: RateLimit,
): MiddlewareHandler<AppEnv> {
  let minute = 0;
  let used = new Map<string, number>();
  return async (c, next) => {
    const now = server.clock.now();
    const current = Math.floor(now / 60_000);
    if (current !== minute) [minute, used] = [current, new Map()];
    const who = c.req.header('authorization') ?? '';
    const count = (used.get(who) ?? 0) + 1;
    used.set(who, count);
    if (server.options.enforcesRateLimits && count > limit.burst)
      c.res = tooManyRequests(current, now);
    else await next();
    const { headers } = c.res;
    headers.set('x-ratelimit-limit', String(limit.perMinute));
    headers.set('x-ratelimit-remaining', String(Math.max(0, limit.perMinute - count)));
    headers.set('x-ratelimit-reset', String((current + 1) * 60));
  };
}

function tooManyRequests(minute: number, now: number): Response {
  const seconds = (minute + 1) * 60 - Math.floor(now / 1000);
  const message = 'Too many requests. Wait before you try again.';
  return Response.json(
    { error: { code: 'rate_limit_exceeded', message, retry_after: seconds } },
    { status: 429, headers: { 'retry-after': String(seconds) } },
  );
}
