import type { SessionConfig } from './options.js';

/*
 * Our mark on the OAuth `state`, after the random part. It tells the answers to our logins, even stale ones,
 * from those that are meant for somebody else on the page.
 */

/** Which way a login goes: `retry` is a redirect that the kit began by itself after a stale answer. */
export type LoginWay = 'redirect' | 'retry' | 'popup';

/** The mark of this session's logins. */
export function createLoginTag({ key }: SessionConfig, way: LoginWay): string {
  return `${key};${way}`;
}

/** Whether the URL is an answer, even a stale one, to a login of this session. */
export function isOwnCallback({ searchParams }: URL, { key }: SessionConfig): boolean {
  const [, tag] = searchParams.get('state')?.split(';') ?? [];
  return tag === key && (searchParams.has('code') || searchParams.has('error'));
}

/** Which way the login went that the URL is an answer to. */
export function readLoginWay({ searchParams }: URL): string | undefined {
  return searchParams.get('state')?.split(';')[2];
}
