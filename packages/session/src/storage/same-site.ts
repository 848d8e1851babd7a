import { hasCookie } from './cookies.js';

const PROBE = 'sesamy-kit-site';

/**
 * Whether the URL is on the page's own site, so that its cookies are first-party here. Only the browser has the list of
 * public suffixes (e.g. `co.uk`), so it is probed with a cookie for the domain that both names share.
 * @see RFC 6265bis sections 5.2 and 5.7
 */
export function isSameSite(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  if (protocol !== location.protocol) return false;
  if (hostname === location.hostname) return true;
  const domain = sharedDomain(hostname, location.hostname);
  if (domain === '') return false;
  const set = (maxAgeSeconds: number): void => {
    document.cookie = `${PROBE}=1; Domain=${domain}; Path=/; SameSite=Lax; Max-Age=${maxAgeSeconds}`;
  };
  try {
    set(10);
    const isAccepted = hasCookie(PROBE);
    set(0);
    return isAccepted;
  } catch {
    // A sandboxed page has no cookies, so nothing is first-party to it.
    return false;
  }
}

/** Returns the labels that both names end with. */
function sharedDomain(one: string, other: string): string {
  const labels = one.split('.');
  const tails = labels.map((_label, index) => labels.slice(index).join('.'));
  return tails.find((tail) => `.${other}`.endsWith(`.${tail}`)) ?? '';
}
