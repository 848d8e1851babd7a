import type { SessionConfig } from '../options.js';
import { parseUrl } from '../platform/parse-url.js';
import { isOwnCallback } from './state-param.js';

/** Parameters that an authorization response brings along. @see RFC 6749 section 4.1.2, RFC 9207 */
const RESPONSE_PARAMS = 'code state iss error error_description error_uri'.split(' ');

/**
 * Returns where to go inside the app, as path, query and fragment; `null` for anything that could lead to another
 * origin: other schemes, `//host`, backslashes, control characters, credentials.
 * @see RFC 9700 section 4.11 (open redirection)
 */
export function parseReturnTo(value: unknown, origin: string): string | null {
  // Browsers drop tabs and newlines from URLs and read a backslash as a slash; nobody writes them by intent.
  if (typeof value !== 'string' || hasControlCharacter(value) || value.includes('\\')) return null;
  const url = parseUrl(value, `${origin}/`);
  if (url === null) return null;
  if (url.origin !== origin || url.username !== '' || url.password !== '') return null;
  // Two slashes are another host to whoever resolves the path next; a `blob:` URL has a URL for its path.
  if (!/^\/(?!\/)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/** Returns where a login that begins now leads back to: to `wanted`, or else to where the user is. */
export function findReturnTo(wanted: string | undefined, config: SessionConfig): string {
  const page = new URL(location.href);
  const here = isOwnCallback(page, config) ? withoutResponseParams(page) : page.href;
  return parseReturnTo(wanted ?? here, location.origin) ?? '/';
}

/** The URL without what an authorization response added to its query; all else stays to the letter. */
export function withoutResponseParams(url: URL): string {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !RESPONSE_PARAMS.includes(readName(pair)));
  const path = url.pathname.replace(/^\/{2,}/, '/');
  return path + (kept.length === 0 ? '' : `?${kept.join('&')}`) + url.hash;
}

/** The name as whoever reads the parameters sees it, percent-encoded or not. */
function readName(pair: string): string {
  const [name = ''] = new URLSearchParams(`&${pair}`).keys();
  return name;
}

function hasControlCharacter(value: string): boolean {
  return [...value].some((character) => character < ' ' || character === '\u007f');
}
