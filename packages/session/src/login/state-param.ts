import type { SessionConfig } from '../options.js';

/*
 * The tag that follows the random part of our OAuth `state`. It tells the callbacks of this session, even stale ones,
 * from those of other code on the page.
 */

/** How a login reaches the server. */
export type LoginVia = 'redirect' | 'popup';

/** A login as its `state` describes it. */
export interface TaggedLogin {
  readonly via: LoginVia;
  /** A redirect that began by itself after a stale callback. */
  readonly isRetry?: boolean | undefined;
}

/** Returns the tag for a login of this session. */
export function createStateTag({ key }: SessionConfig, { via, isRetry }: TaggedLogin): string {
  return `${key};${isRetry === true ? 'retry' : via}`;
}

/** Returns the random part, by which the login's transaction is stored. */
export function readLoginId(url: URL): string {
  return readState(url)[0] ?? '';
}

/** Returns how the login was made whose callback the URL is. */
export function readTaggedLogin(url: URL): TaggedLogin {
  const via = readState(url)[2];
  return { via: via === 'popup' ? 'popup' : 'redirect', isRetry: via === 'retry' };
}

/** Whether the URL is a callback of this session, even a stale one. */
export function isOwnCallback(url: URL, { key }: SessionConfig): boolean {
  const { searchParams } = url;
  return readState(url)[1] === key && (searchParams.has('code') || searchParams.has('error'));
}

function readState({ searchParams }: URL): readonly string[] {
  return searchParams.get('state')?.split(';') ?? [];
}
