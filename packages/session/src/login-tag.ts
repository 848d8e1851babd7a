import type { SessionConfig } from './options.js';

/*
 * Our mark on the OAuth `state`, after the random part. It tells the answers to our logins, even stale ones,
 * from those that are meant for somebody else on the page.
 */

/** The mark of this session's logins. */
export function createLoginTag({ clientId }: SessionConfig): string {
  return `sesamy-kit:${clientId}`;
}

/** At the end of the mark of a login that the kit began by itself. */
export const RETRY_MARK = ';retry';

/** Whether the URL is an answer, even a stale one, to a login of this session. */
export function isOwnCallback({ searchParams }: URL, config: SessionConfig): boolean {
  const [, tag] = searchParams.get('state')?.split(';') ?? [];
  return tag === createLoginTag(config) && (searchParams.has('code') || searchParams.has('error'));
}
