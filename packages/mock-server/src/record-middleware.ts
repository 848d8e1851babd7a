import type { MiddlewareHandler } from 'hono';
import type { AppEnv, ServerContext } from './context.js';
import { readRequestFacts } from './request-facts.js';
import { pathBeforeRoutes } from './route-path.js';

/** Reads the facts of a request, and logs it once it has a response. */
export function recordMiddleware(server: ServerContext): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const at = server.clock.now();
    const startedAt = performance.now();
    const base = pathBeforeRoutes(server, c.req.raw);
    const facts = await readRequestFacts(c.req.raw, server.state, base);
    c.set('facts', facts);
    c.set('base', base);
    c.set('fault', null);
    await next();
    c.res.headers.set('x-content-type-options', 'nosniff');
    c.res.headers.set('date', new Date(server.clock.now()).toUTCString());
    if (c.req.method === 'OPTIONS' || c.env.isInternal) return;
    server.requests.record({
      at,
      method: c.req.method,
      origin: c.req.raw.headers.get('origin'),
      facts: c.get('facts'),
      status: c.res.status,
      durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
      fault: c.get('fault')?.id ?? null,
    });
  };
}
