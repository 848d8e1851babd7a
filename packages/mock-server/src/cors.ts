import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';
import type { AppEnv, ServerContext } from './context.js';

/** CORS of discovery and keys: open to everyone. */
export function wellKnownCors(): MiddlewareHandler<AppEnv> {
  return cors({ origin: '*', allowMethods: ['GET'] });
}

/** CORS of the token and revocation endpoints: any origin, no credentials, no `Authorization` header. */
export function tokenCors(): MiddlewareHandler<AppEnv> {
  return cors({
    origin: (origin) => origin,
    allowMethods: ['POST'],
    allowHeaders: ['Tenant-Id', 'Content-Type', 'Auth0-Client', 'Upgrade-Insecure-Requests'],
    maxAge: 600,
  });
}

/** CORS of `/userinfo`: none at Sesamy; on request, so that clients that need it can be tried. */
export function userinfoCors(server: ServerContext): MiddlewareHandler<AppEnv> {
  const open = cors({
    origin: (origin) => origin,
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization'],
    maxAge: 600,
  });
  return (c, next) => (server.options.hasUserinfoCors ? open(c, next) : next());
}

/** CORS of the client API: the headers that Sesamy's own clients send. */
export function apiCors(): MiddlewareHandler<AppEnv> {
  return cors({
    origin: (origin) => origin,
    allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowHeaders: ['Authorization', 'Content-Type', 'Cache-Timestamp', 'X-Sesamy-Client'],
    exposeHeaders: [
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'Retry-After',
      'X-Request-Id',
      'Date',
    ],
    maxAge: 600,
  });
}
