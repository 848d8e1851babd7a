import { isObject } from './json.js';

/**
 * Returns how many seconds the server requests to wait, from the header (seconds or a date), else from the body's
 * `retry_after`. @see RFC 9110 section 10.2.3
 */
export function readRetryAfter(response: Response, body: unknown): number | undefined {
  const outer = isObject(body) ? body : undefined;
  const inner = isObject(outer?.['error']) ? outer['error'] : outer;
  const value = response.headers.get('retry-after') ?? inner?.['retry_after'];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const seconds = Number.isNaN(Number(value))
    ? (Date.parse(String(value)) - Date.now()) / 1000
    : Number(value);
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
