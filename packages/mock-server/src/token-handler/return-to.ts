import type { Site } from './site.js';

/** It is stored in a cookie, and cookies have 4 kB. */
const MAX_LENGTH = 1500;

/**
 * Where a login or logout may lead back to: a path of the site, or an absolute URL of its origin.
 * Returns the absolute URL, the site's root when nothing was given, and null for anything else.
 * @see RFC 9700 section 4.11 (open redirectors)
 */
export function parseReturnTo(given: string | undefined, site: Site): string | null {
  if (given === undefined) return `${site.origin}/`;
  // URL parsers take backslashes for slashes and drop tabs and line ends: `/\evil`, `/\t/evil`.
  const isPlain = /^[^\s\\\p{Cc}]+$/u.test(given);
  const isPath = given.startsWith('/');
  const isAbsolute = /^https?:\/\/[^/]/.test(given);
  if (!isPlain || !(isPath || isAbsolute) || !URL.canParse(given, site.origin)) return null;
  const url = new URL(given, site.origin);
  const isExpectedUser = url.origin === site.origin && url.username === '' && url.password === '';
  return isExpectedUser && url.href.length <= MAX_LENGTH ? url.href : null;
}
