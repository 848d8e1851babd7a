import parseContentSecurityPolicy from 'content-security-policy-parser';

/** The policies of a page. A request must be allowed by all of them. */
export type Policies = readonly ReadonlyMap<string, readonly string[]>[];

/** Parses the policies of a header, in which commas separate them, and of `<meta>` elements. */
export function parsePolicies(header: string | null, metas: readonly string[]): Policies {
  const texts = [...(header ?? '').split(','), ...metas];
  return texts.filter((text) => text.trim() !== '').map((text) => parseContentSecurityPolicy(text));
}

/** A directive that restricts what the kit does. */
export type Directive = 'connect-src' | 'frame-src';

/** What a directive falls back to. @see Content Security Policy Level 3 section 6.8.3 */
const FALLBACKS: Readonly<Record<Directive, readonly string[]>> = {
  'connect-src': ['connect-src', 'default-src'],
  'frame-src': ['frame-src', 'child-src', 'default-src'],
};

/** Whether all policies allow a page of `origin` to fetch or frame `url`. */
export function isAllowed(
  policies: Policies,
  directive: Directive,
  url: URL,
  origin: string,
): boolean {
  return policies.every((policy) => {
    const name = FALLBACKS[directive].find((each) => policy.has(each));
    const sources = name === undefined ? undefined : policy.get(name);
    return sources === undefined || sources.some((source) => matches(source, url, origin));
  });
}

/** @see Content Security Policy Level 3 section 6.7.2.8 */
function matches(source: string, url: URL, origin: string): boolean {
  const text = source.toLowerCase();
  const scheme = new URL(origin).protocol;
  if (text === '*') return /^https?:$/.test(url.protocol) || url.protocol === scheme;
  if (text === "'self'") return url.origin === origin;
  if (/^[a-z][a-z\d+.-]*:$/.test(text)) return schemeMatches(text, url.protocol);
  const parts =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?(\*|(?:\*\.)?[^/:]+|\[[^\]]+\])(?::(\d+|\*))?(\/.*)?$/.exec(text);
  if (parts === null || text.startsWith("'")) return false;
  const [, wantedScheme = scheme, host = '', port, path] = parts;
  return (
    schemeMatches(wantedScheme, url.protocol) &&
    hostMatches(host, url.hostname) &&
    portMatches(port, url) &&
    pathMatches(path, url.pathname)
  );
}

/** A source of http also allows https. */
function schemeMatches(wanted: string, actual: string): boolean {
  return wanted === actual || (wanted === 'http:' && actual === 'https:');
}

function hostMatches(wanted: string, actual: string): boolean {
  if (wanted === '*') return true;
  return wanted.startsWith('*.') ? actual.endsWith(wanted.slice(1)) : actual === wanted;
}

function portMatches(wanted: string | undefined, url: URL): boolean {
  const defaultPort = url.protocol === 'https:' ? '443' : '80';
  const actual = url.port || defaultPort;
  if (wanted === '*') return true;
  if (wanted === undefined) return actual === defaultPort;
  return wanted === actual || (wanted === '80' && actual === '443');
}

function pathMatches(wanted: string | undefined, actual: string): boolean {
  if (wanted === undefined || wanted === '/') return true;
  return wanted.endsWith('/')
    ? actual.toLowerCase().startsWith(wanted)
    : actual.toLowerCase() === wanted;
}
