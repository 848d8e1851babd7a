import { getPublicSuffix } from 'tough-cookie';

/** How far apart two URLs are, as `Sec-Fetch-Site` says it. */
export type Relation = 'same-origin' | 'same-site' | 'cross-site';

/** The scheme and registrable domain of a URL. */
export function siteOf(url: string | URL): string {
  const { protocol, hostname } = new URL(url);
  const domain = getPublicSuffix(hostname, { allowSpecialUseDomain: true, ignoreError: true });
  return `${protocol}//${domain ?? hostname}`;
}

/** How a page of `origin` and a URL are related. */
export function relationOf(origin: string, url: string | URL): Relation {
  if (new URL(url).origin === origin) return 'same-origin';
  return siteOf(origin) === siteOf(url) ? 'same-site' : 'cross-site';
}

/** The relation of a chain of redirects: that of its farthest member. */
export function farthest(relations: readonly Relation[]): Relation {
  if (relations.includes('cross-site')) return 'cross-site';
  return relations.includes('same-site') ? 'same-site' : 'same-origin';
}
