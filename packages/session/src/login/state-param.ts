import type { BaseConfig } from '../options.js';

/*
 * The tag after the random part of the OAuth `state`. It distinguishes the callbacks of this session, even stale ones,
 * from those of other code on the page.
 */

/** The kind of a login. */
export type LoginVia = 'redirect' | 'popup';

/** A login as encoded in its `state`. */
export interface TaggedLogin {
  readonly via: LoginVia;
  /** A redirect that was started automatically after a stale callback. */
  readonly isRetry?: boolean | undefined;
}

/** Returns the random part of `state`, which identifies the login's transaction. */
export function readLoginId(url: URL): string {
  return readState(url)[0] ?? '';
}

/** Returns the login of a callback URL. */
export function readTaggedLogin(url: URL): TaggedLogin {
  const via = readState(url)[2];
  return { via: via === 'popup' ? 'popup' : 'redirect', isRetry: via === 'retry' };
}

/** Whether the URL is a callback of this session, even a stale one. */
export function isOwnCallback(url: URL, { key }: Pick<BaseConfig, 'key'>): boolean {
  const { searchParams } = url;
  return readState(url)[1] === key && (searchParams.has('code') || searchParams.has('error'));
}

function readState({ searchParams }: URL): readonly string[] {
  return searchParams.get('state')?.split(';') ?? [];
}
