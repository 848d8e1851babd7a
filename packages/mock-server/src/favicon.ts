import type { Context } from 'hono';

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="#2f6f4f"/><path d="M5 8.5 7.2 11 11.5 5.5" fill="none" stroke="#fff" stroke-width="1.8"/></svg>';

/** Responds with the icon that browsers request of every origin, so that no console shows an error for it. */
export function faviconEndpoint(c: Context): Response {
  return c.body(ICON, 200, {
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=86400',
  });
}
