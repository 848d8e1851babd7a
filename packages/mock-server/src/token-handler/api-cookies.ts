import type { MiddlewareHandler } from 'hono';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext, AppEnv } from '../context.js';
import { cookieHeader } from '../request-cookies.js';
import { addCookie } from '../response-cookies.js';
import { BackChannelError } from './back-channel.js';
import { clearedCookies } from './cookies.js';
import { findForgery } from './same-origin.js';
import { readSite, type Site } from './site.js';
import type { TokenHandler } from './token-handler.js';

/**
 * Turns the session's cookies into the bearer token that an API expects. Leaves requests with an
 * `Authorization` header unchanged.
 */
export function apiCookiesMiddleware(handler: TokenHandler): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (c.req.header('authorization') !== undefined || cookieHeader(c) === '') return next();
    const site = readSite(c);
    const session = await handler.read(c, site);
    if (session === null) return next();
    const forgery = findForgery(c, site);
    if (forgery !== null) throw new ApiRefusal('insufficient_permissions', forgery);
    const live = await handler.resume(c, site, session).catch(asApiRefusal);
    if (live === 'over') return sessionExpired(c, site);
    const headers = new Headers(c.req.raw.headers);
    headers.set('authorization', `Bearer ${live.accessToken}`);
    c.req.raw = new Request(c.req.raw, { headers });
    await next();
    for (const cookie of live.cookies) addCookie(c, cookie);
    c.res.headers.append('vary', 'Cookie');
    return undefined;
  };
}

function asApiRefusal(error: unknown): never {
  if (!(error instanceof BackChannelError)) throw error;
  throw new ApiRefusal('service_unavailable', 'The issuer cannot be reached just now.');
}

function sessionExpired(c: AppContext, site: Site): Response {
  for (const cookie of clearedCookies(c, site)) addCookie(c, cookie);
  return c.json({ error: 'session_expired' }, 401, { 'cache-control': 'no-store' });
}
