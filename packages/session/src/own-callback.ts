import type { SessionConfig } from './options.js';

/** Whether the URL is an answer, even a stale one, to a login of this session. */
export function isOwnCallback({ searchParams }: URL, { key }: SessionConfig): boolean {
  const [, tag] = searchParams.get('state')?.split(';') ?? [];
  return tag === key && (searchParams.has('code') || searchParams.has('error'));
}

/** The answer to a login of this session in the page's address, if there is one. */
export function findCallback(config: SessionConfig): URL | undefined {
  const page = typeof window === 'undefined' ? undefined : new URL(location.href);
  return page !== undefined && isOwnCallback(page, config) ? page : undefined;
}
