import { getPath } from 'hono/utils/url';
import type { ServerContext } from './context.js';

/**
 * The path that routes are matched with: the one below the issuer. A proxy may have taken the issuer's path away
 * already.
 */
export function routePath(server: ServerContext, request: Request): string {
  const path = getPath(request);
  const base = pathBeforeRoutes(server, request);
  return base === '' ? path : path.slice(decodeURI(base).length);
}

/** The path in front of the routes, as the client of a request sees it; empty unless the issuer has one. */
export function pathBeforeRoutes(server: ServerContext, request: Request): string {
  const base = issuerPath(server);
  return base !== '' && new URL(request.url).pathname.startsWith(`${base}/`) ? base : '';
}

/** `/sesamy` of `https://app.example.com/sesamy/`; empty without a path. */
function issuerPath({ issuer }: ServerContext): string {
  return issuer.slice(issuer.indexOf('/', 'https://'.length), -1);
}
