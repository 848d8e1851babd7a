import type { AppContext } from './context.js';

/** Every cookie of a request in order, including those of the same name. */
export function readCookies(c: AppContext): { name: string; value: string }[] {
  return cookieHeader(c)
    .split(';')
    .flatMap((pair) => {
      const at = pair.indexOf('=');
      const value = pair.slice(at + 1).trim();
      return at === -1 ? [] : [{ name: pair.slice(0, at).trim(), value }];
    });
}

/** The `Cookie` header of a request; empty without any. */
export function cookieHeader(c: AppContext): string {
  return c.env.hidden?.cookie ?? c.req.header('cookie') ?? '';
}

/** More of one name than any browser sends. */
const MAX_DUPLICATES = 10;

/** The values of a cookie: a sibling domain may have added some. */
export function cookieValues(c: AppContext, name: string): string[] {
  return readCookies(c)
    .filter((each) => each.name === name)
    .map(({ value }) => value)
    .slice(0, MAX_DUPLICATES);
}
