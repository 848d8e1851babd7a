import { parseUrl } from '../platform/parse-url.js';
import { isOwnCallback } from './state-param.js';

/** The parameters of an authorization response. @see RFC 6749 section 4.1.2, RFC 9207 */
const RESPONSE_PARAMS = 'code state iss error error_description error_uri'.split(' ');

/**
 * Returns a page of the app, as path, query and fragment; `null` for anything that could lead to another origin: other
 * schemes, `//host`, backslashes, control characters, credentials.
 * @see RFC 9700 section 4.11 (open redirection)
 */
export function parseReturnTo(value: unknown, origin: string): string | null {
  // Browsers drop tabs and newlines from URLs and treat a backslash as a slash; legitimate URLs contain neither.
  if (typeof value !== 'string' || hasControlCharacter(value) || value.includes('\\')) return null;
  const url = parseUrl(value, `${origin}/`);
  if (url === null) return null;
  if (url.origin !== origin || url.username !== '' || url.password !== '') return null;
  // A path that starts with two slashes resolves to another host; the path of a `blob:` URL is a URL.
  if (!/^\/(?!\/)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/** Returns the page that a login of the session with this key returns to: `wanted`, or else the current page. */
export function findReturnTo(wanted: string | undefined, key: string): string {
  const page = new URL(location.href);
  const here = isOwnCallback(page, { key }) ? withoutResponseParams(page) : page.href;
  return parseReturnTo(wanted ?? here, location.origin) ?? '/';
}

/** Returns the URL without the parameters of an authorization response; the rest is unchanged. */
export function withoutResponseParams(url: URL): string {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !RESPONSE_PARAMS.includes(readName(pair)));
  const path = url.pathname.replace(/^\/{2,}/, '/');
  return path + (kept.length === 0 ? '' : `?${kept.join('&')}`) + url.hash;
}

/** Returns the decoded name of a query parameter. */
function readName(pair: string): string {
  const [name = ''] = new URLSearchParams(`&${pair}`).keys();
  return name;
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' || character === '\u007f');
}
