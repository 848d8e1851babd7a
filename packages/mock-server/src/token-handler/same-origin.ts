import type { AppContext } from '../context.js';
import type { Site } from './site.js';

/** The header that a page of another site cannot send without CORS. */
export const CSRF_HEADER = 'x-sesamy-csrf';

/**
 * Whether a page of the site itself sent a request, as far as its headers tell. A sibling domain is
 * another origin, although its requests carry the same cookies.
 * @see https://www.w3.org/TR/fetch-metadata/
 */
export function isSameOrigin(c: AppContext, site: Site): boolean {
  if (c.env.hidden) return c.env.hidden.isSameOrigin;
  const fetchSite = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (fetchSite !== undefined && fetchSite !== 'same-origin') return false;
  if (origin !== undefined) return origin === site.origin;
  // Browsers send the origin of every request that may change something.
  return isSafe(c) || fetchSite !== undefined;
}

/** Why the session's cookies on a request must be ignored, if so. */
export function findForgery(c: AppContext, site: Site): string | null {
  if (!isSameOrigin(c, site)) return `Only pages of ${site.origin} may send this request.`;
  if (isSafe(c) || c.req.header(CSRF_HEADER) === '1') return null;
  return 'A request that changes something needs the header X-Sesamy-CSRF: 1.';
}

/**
 * Whether a navigation began on the site itself or with the user, as by the address bar. Only
 * navigations of a whole window count: an image request is not confirmed by the user.
 */
export function isOwnNavigation(c: AppContext, site: Site): boolean {
  if (c.env.hidden) return c.env.hidden.isSameOrigin;
  const header = (name: string): string | undefined => c.req.header(name);
  const fetchSite = header('sec-fetch-site');
  if (header('sec-purpose') !== undefined) return false;
  if (fetchSite !== undefined) {
    const isDocument = (header('sec-fetch-dest') ?? 'document') === 'document';
    return isDocument && (fetchSite === 'same-origin' || fetchSite === 'none');
  }
  const referer = header('referer') ?? '';
  return URL.canParse(referer) && new URL(referer).origin === site.origin;
}

function isSafe(c: AppContext): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD';
}
