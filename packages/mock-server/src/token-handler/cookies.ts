import type { AppContext } from '../context.js';
import { readCookies } from '../request-cookies.js';
import type { Site } from './site.js';

/** Tells scripts of the site that there may be a session; never proof of one. */
export const HINT_COOKIE = 'sesamy_is_authenticated';

/** Holds the encrypted access token. */
export const ACCESS_COOKIE = 'at';

/** Holds the encrypted refresh token. A sibling domain cannot set a `__Host-` cookie. */
export function refreshCookie(site: Site): string {
  return site.isPlainLoopback ? 'rt' : '__Host-rt';
}

/** Holds what one login needs at its callback; one cookie per login, so that two tabs do not interfere. */
export function loginCookie(site: Site, state: string): string {
  return `${loginCookiePrefix(site)}${state.slice(0, 8)}`;
}

/** The prefix of all login cookies. */
export function loginCookiePrefix(site: Site): string {
  return site.isPlainLoopback ? 'sesamy_login_' : '__Host-sesamy_login_';
}

/** How a cookie is set. */
export interface CookieOptions {
  readonly sameSite: 'Lax' | 'Strict';
  readonly maxAgeSeconds: number;
  /** Default true. */
  readonly isHttpOnly?: boolean;
}

/** A `Set-Cookie` header; for all paths of this host only. */
export function setCookie(
  site: Site,
  name: string,
  value: string,
  { sameSite, maxAgeSeconds, isHttpOnly = true }: CookieOptions,
): string {
  return [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    ...(isHttpOnly ? ['HttpOnly'] : []),
    ...(site.isPlainLoopback ? [] : ['Secure']),
    `SameSite=${sameSite}`,
  ].join('; ');
}

/** The `Set-Cookie` header that removes a cookie. */
export function clearCookie(site: Site, name: string): string {
  const isHttpOnly = name !== HINT_COOKIE;
  return setCookie(site, name, '', { sameSite: 'Lax', maxAgeSeconds: 0, isHttpOnly });
}

/** Headers that remove every cookie of a session that a request came with. */
export function clearedCookies(c: AppContext, site: Site): string[] {
  const own = [ACCESS_COOKIE, refreshCookie(site), HINT_COOKIE];
  const sent = new Set(readCookies(c).map(({ name }) => name));
  return own.some((name) => sent.has(name)) ? own.map((name) => clearCookie(site, name)) : [];
}
