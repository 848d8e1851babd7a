import { Cookie, CookieJar } from 'tough-cookie';
import { siteOf } from './sites.js';

/** The context of a request that matters to `SameSite` and `Partitioned`. */
export interface CookieContext {
  /** `strict` within one site, `lax` for a visit from another one, `none` for what another site embeds. */
  readonly sameSite: 'strict' | 'lax' | 'none';
  /** The page in the address bar: it names the partition. */
  readonly topLevelUrl: string;
}

/** A cookie as the browser keeps it. */
export interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string | null;
  readonly isHttpOnly: boolean;
  readonly isPartitioned: boolean;
}

/** The cookies of one browser. */
export interface Cookies {
  /** The `Cookie` header of a request; empty for none. */
  headerFor(url: string, context: CookieContext): string;
  /** Stores the cookies that a response sets. */
  take(response: Response, url: string, context: CookieContext): void;
  /** `document.cookie` of a page. */
  readByScript(url: string): string;
  /** Assigns to `document.cookie`. */
  writeByScript(cookie: string, url: string): void;
  /** Every cookie of every site. */
  list(): readonly StoredCookie[];
  /** Removes all cookies. */
  clear(): void;
}

/** An empty jar, with a further one for each site in whose pages others set `Partitioned` cookies. */
export function createCookies(): Cookies {
  const options = { allowSpecialUseDomain: true, prefixSecurity: 'strict' } as const;
  const shared = new CookieJar(undefined, options);
  const partitions = new Map<string, CookieJar>();

  function partitionOf(topLevelUrl: string): CookieJar {
    const site = siteOf(topLevelUrl);
    const jar = partitions.get(site) ?? new CookieJar(undefined, options);
    partitions.set(site, jar);
    return jar;
  }

  const jars = (): CookieJar[] => [shared, ...partitions.values()];

  return {
    headerFor: (url, { sameSite, topLevelUrl }) =>
      [shared, partitionOf(topLevelUrl)]
        .map((jar) => jar.getCookieStringSync(url, { sameSiteContext: sameSite }))
        .filter(Boolean)
        .join('; '),
    take(response, url, { sameSite, topLevelUrl }) {
      for (const cookie of response.headers.getSetCookie()) {
        const jar = /;\s*partitioned\s*(;|$)/i.test(cookie) ? partitionOf(topLevelUrl) : shared;
        jar.setCookieSync(cookie, url, { sameSiteContext: sameSite, ignoreError: true });
      }
    },
    readByScript: (url) => shared.getCookieStringSync(url, { http: false }),
    writeByScript(cookie, url) {
      shared.setCookieSync(cookie, url, { http: false, ignoreError: true });
    },
    list: () =>
      jars().flatMap((jar) =>
        cookiesOf(jar).map(({ key, value, domain, httpOnly }) => ({
          name: key,
          value,
          domain,
          isHttpOnly: httpOnly,
          isPartitioned: jar !== shared,
        })),
      ),
    clear() {
      for (const jar of jars()) jar.removeAllCookiesSync();
    },
  };
}

function cookiesOf(jar: CookieJar): Cookie[] {
  const { cookies = [] } = jar.serializeSync() ?? {};
  const read = cookies.flatMap((cookie) => Cookie.fromJSON(cookie) ?? []);
  // The jar sweeps out what has expired only when it looks for something to send.
  return read.filter((cookie) => cookie.TTL() > 0);
}
