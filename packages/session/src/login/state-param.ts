import type { SessionConfig } from '../options.js';

/*
 * Our mark on the OAuth `state`, after the random part. It tells the answers to our logins, even stale ones,
 * from those that are meant for somebody else on the page; see `isOwnCallback`.
 */

/** Which way a login goes: `retry` is a redirect that the kit began by itself after a stale answer. */
export type LoginWay = 'redirect' | 'retry' | 'popup';

/** The mark of this session's logins. */
export function createLoginTag({ key }: SessionConfig, way: LoginWay): string {
  return `${key};${way}`;
}

/** The random part, by which the login's transaction is kept. */
export function readLoginId({ searchParams }: URL): string {
  return searchParams.get('state')?.split(';')[0] ?? '';
}

/** Which way the login went that the URL is an answer to. */
export function readLoginWay({ searchParams }: URL): string | undefined {
  return searchParams.get('state')?.split(';')[2];
}
