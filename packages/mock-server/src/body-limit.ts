import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppEnv } from './context.js';
import { tooLargeResponse } from './error-responses.js';

/** Far more than any honest request needs. */
const MAX_BODY_BYTES = 1024 * 1024;

/** Refuses bodies that are too large: by their declared length, or while they are read. */
export function bodyLimitMiddleware(): MiddlewareHandler<AppEnv> {
  const limitWhileReading = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: tooLargeResponse });
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const length = c.req.header('content-length');
    if (length === undefined) return limitWhileReading(c, next);
    return Number(length) > MAX_BODY_BYTES ? tooLargeResponse() : next();
  };
}
