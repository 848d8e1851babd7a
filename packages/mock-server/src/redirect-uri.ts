import type { Client } from './clients.js';
import type { Fidelity } from './options.js';

/**
 * Whether a redirect URI is one of the client's callbacks. A native app listens on any free port, so on a
 * loopback address over http its port is not compared.
 * @see RFC 8252 section 7.3
 */
export function isRegisteredCallback(uri: string, client: Client, fidelity: Fidelity): boolean {
  if (isRegisteredUri(uri, client.callbacks, fidelity)) return true;
  const portless = client.type === 'native' ? withoutLoopbackPort(uri) : null;
  if (portless === null) return false;
  const callbacks = client.callbacks.map((each) => withoutLoopbackPort(each) ?? each);
  return isRegisteredUri(portless, callbacks, fidelity);
}

/**
 * Whether a text can be registered: an absolute URL whose host may start with `*.`. `localhost:3000` is a host
 * without its scheme, but the scheme `localhost` to parsers.
 */
export function isRegistrable(text: string): boolean {
  return !/^[\w.-]+:\d/.test(text) && URL.canParse(text.replace('://*.', '://'));
}

const LOOPBACK_HOSTS = ['127.0.0.1', '[::1]', 'localhost'];

/** An http URL of this machine without its port; null for every other. */
function withoutLoopbackPort(uri: string): string | null {
  if (!URL.canParse(uri)) return null;
  const url = new URL(uri);
  if (url.protocol !== 'http:' || !LOOPBACK_HOSTS.includes(url.hostname)) return null;
  url.port = '';
  return url.href;
}

/**
 * Whether a URI is among the registered ones. Compared in full, port and query included, except
 * that `*` stands for anything inside a path and `*.` for one or more leftmost host labels.
 * With `engine` fidelity ports are not compared and anything goes on http://localhost.
 * @see RFC 9700 section 2.1
 */
export function isRegisteredUri(
  uri: string,
  registered: readonly string[],
  fidelity: Fidelity,
): boolean {
  if (!URL.canParse(uri)) return false;
  // The usual case needs no parsing; forbidden parts are checked below.
  if (registered.includes(uri) && !/[#@*]/.test(uri)) return true;
  const requested = new URL(uri);
  if (requested.hash !== '' || requested.username !== '' || requested.password !== '') return false;
  if (fidelity === 'engine' && requested.protocol === 'http:' && requested.hostname === 'localhost')
    return true;
  return registered.some((entry) => matches(requested, entry, fidelity));
}

function matches(requested: URL, entry: string, fidelity: Fidelity): boolean {
  if (!URL.canParse(entry.replace('://*.', '://'))) return false;
  const isWildcardHost = entry.includes('://*.');
  const known = new URL(entry.replace('://*.', '://'));
  const isWildcardPath = known.pathname.includes('*');
  if (requested.protocol !== known.protocol) return false;
  if (fidelity === 'documented' && requested.port !== known.port) return false;
  if (
    isWildcardHost
      ? !isBelow(requested.hostname, known.hostname)
      : requested.hostname !== known.hostname
  ) {
    return false;
  }
  if (!isWildcardPath && !isWildcardHost && requested.search !== known.search) return false;
  return isWildcardPath
    ? globMatches(requested.pathname, known.pathname)
    : requested.pathname === known.pathname;
}

/** Whether a host is the domain with one or more labels before it, none of them empty. */
function isBelow(host: string, domain: string): boolean {
  return host.endsWith(`.${domain}`) && !host.startsWith('.') && !host.includes('..');
}

/** Matches `*` without building a regular expression out of what a client registered. */
function globMatches(path: string, pattern: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (!path.startsWith(first) || path.length < first.length + last.length || !path.endsWith(last))
    return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = path.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= path.length - last.length;
}
