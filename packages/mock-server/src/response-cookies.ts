import type { AppContext } from './context.js';

/** Adds a value of `Set-Cookie` to the response that is about to be made. */
export function addCookie(c: AppContext, value: string): void {
  if (c.env.hidden) c.env.hidden.setCookie(value);
  else c.header('set-cookie', value, { append: true });
}
