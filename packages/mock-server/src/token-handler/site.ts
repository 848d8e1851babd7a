import type { AppContext } from '../context.js';
import { invalidRequest } from '../errors.js';
import { isLoopbackHost } from '../oauth/op-session.js';

/** The publisher's site, as the browser sees it in front of the proxy. */
export interface Site {
  /** Such as `https://app.publisher.com`. */
  readonly origin: string;
  /** Path that the proxy took away or the issuer has, such as `/sesamy`; empty without one. */
  readonly prefix: string;
  /** Whether the site is on plain http on this machine, where cookies cannot be `Secure` everywhere. */
  readonly isPlainLoopback: boolean;
}

/**
 * Reads the site from `X-Forwarded-Host`, `X-Forwarded-Proto` and `X-Forwarded-Prefix`; missing ones
 * default to the request's URL and the path of the issuer. Of a list only the first entry counts.
 * @throws RefusalError `invalid_request` for a value that is not a host, a scheme or a path
 */
export function readSite(c: AppContext): Site {
  const own = new URL(c.req.url);
  const host = firstEntry(c.req.header('x-forwarded-host')) ?? own.host;
  const protocol = firstEntry(c.req.header('x-forwarded-proto')) ?? own.protocol.slice(0, -1);
  const prefix = (firstEntry(c.req.header('x-forwarded-prefix')) ?? c.get('base')).replace(
    /\/$/,
    '',
  );
  if (!isHost(host)) throw badHeader('X-Forwarded-Host', 'a host with or without a port');
  if (protocol !== 'http' && protocol !== 'https')
    throw badHeader('X-Forwarded-Proto', 'http or https');
  if (!isPrefix(prefix)) throw badHeader('X-Forwarded-Prefix', 'a path such as /sesamy');
  const { origin, hostname } = new URL(`${protocol}://${host}`);
  return { origin, prefix, isPlainLoopback: protocol === 'http' && isLoopbackHost(hostname) };
}

function firstEntry(header: string | undefined): string | undefined {
  return header?.split(',', 1)[0]?.trim();
}

/** No credentials, no path, nothing that a URL parser reads differently. */
function isHost(text: string): boolean {
  const looksLikeHost = /^(?:[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(text);
  return looksLikeHost && text.length <= 255 && URL.canParse(`https://${text}`);
}

function isPrefix(text: string): boolean {
  const segments = text.split('/').slice(1);
  const isPath = text === '' || /^(?:\/[\w.~-]+)+$/.test(text);
  return isPath && text.length <= 200 && !segments.some((each) => each === '.' || each === '..');
}

function badHeader(name: string, expected: string): ReturnType<typeof invalidRequest> {
  return invalidRequest(`The header ${name} must be ${expected}.`);
}
