import type { MiddlewareHandler } from 'hono';
import type { AppEnv, ServerContext } from './context.js';

/** What an endpoint allows pages of other origins to do. */
interface CorsPolicy {
  /** Whether the response names the page's origin, or `*`. */
  readonly reflectsOrigin: boolean;
  readonly methods: string;
  readonly requestHeaders?: string;
  readonly responseHeaders?: string;
}

/** CORS of discovery and keys: open to everyone. */
export function wellKnownCors(): MiddlewareHandler<AppEnv> {
  return cors({ reflectsOrigin: false, methods: 'GET' });
}

/** CORS of the token and revocation endpoints: any origin, no credentials, no `Authorization` header. */
export function tokenCors(): MiddlewareHandler<AppEnv> {
  return cors({
    reflectsOrigin: true,
    methods: 'POST',
    requestHeaders: 'Tenant-Id,Content-Type,Auth0-Client,Upgrade-Insecure-Requests',
  });
}

/** CORS of `/userinfo`: none at Sesamy; optional, so that clients that need it can be tried. */
export function userinfoCors(server: ServerContext): MiddlewareHandler<AppEnv> {
  const open = cors({ reflectsOrigin: true, methods: 'GET,POST', requestHeaders: 'Authorization' });
  return (c, next) => (server.options.hasUserinfoCors ? open(c, next) : next());
}

/** CORS of the client API: the headers that Sesamy's own clients send. */
export function apiCors(): MiddlewareHandler<AppEnv> {
  return cors({
    reflectsOrigin: true,
    methods: 'GET,POST,PUT,PATCH,DELETE',
    requestHeaders: 'Authorization,Content-Type,Cache-Timestamp,X-Sesamy-Client',
    responseHeaders:
      'X-RateLimit-Limit,X-RateLimit-Remaining,X-RateLimit-Reset,Retry-After,X-Request-Id,Date',
  });
}

/** Sets the headers on the finished response, so that errors and faults have them too. */
function cors(policy: CorsPolicy): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const origin = c.req.header('origin');
    if (c.req.method === 'OPTIONS') return preflight(policy, origin);
    await next();
    const { headers } = c.res;
    const allowed = allowedOrigin(policy, origin);
    if (allowed !== undefined) headers.set('access-control-allow-origin', allowed);
    if (policy.reflectsOrigin) headers.append('vary', 'Origin');
    if (policy.responseHeaders)
      headers.set('access-control-expose-headers', policy.responseHeaders);
    return undefined;
  };
}

function preflight(policy: CorsPolicy, origin: string | undefined): Response {
  const allowed = allowedOrigin(policy, origin);
  return new Response(null, {
    status: 204,
    headers: {
      ...(allowed !== undefined && { 'access-control-allow-origin': allowed }),
      'access-control-allow-methods': policy.methods,
      ...(policy.requestHeaders && { 'access-control-allow-headers': policy.requestHeaders }),
      'access-control-max-age': '600',
      vary: 'Origin, Access-Control-Request-Headers',
    },
  });
}

function allowedOrigin(policy: CorsPolicy, origin: string | undefined): string | undefined {
  return policy.reflectsOrigin ? origin : '*';
}
