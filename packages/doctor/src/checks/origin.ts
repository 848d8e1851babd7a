import { getDomain } from 'tldts';
import { finding, type Finding } from '../finding.js';
import type { Setup } from '../setup.js';
import { judgeSite } from './site.js';

/** Checks what follows from the origin alone. */
export function checkOrigin(setup: Setup): readonly Finding[] {
  const { origin, issuer, mode } = setup;
  const isSecure = isPotentiallyTrustworthy(new URL(origin));
  const secure = finding(
    'secure-context',
    isSecure ? 'ok' : 'error',
    `${origin} is ${isSecure ? 'a secure' : 'no secure'} origin.`,
  );
  if (mode === 'token-handler') return [secure];
  return [secure, judgeSite(setup, isSameSite(origin, issuer))];
}

/** Whether the URLs are on one site. @see HTML Standard, section "same site" */
export function isSameSite(one: string, other: string): boolean {
  return siteOf(one) === siteOf(other);
}

/** Returns the scheme and registrable domain of a URL. */
function siteOf(url: string): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${getDomain(hostname, { allowPrivateDomains: true }) ?? hostname}`;
}

/** @see W3C Secure Contexts section 3.1 */
function isPotentiallyTrustworthy({ protocol, hostname }: URL): boolean {
  const isLoopback = /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
  return protocol === 'https:' || isLoopback;
}
