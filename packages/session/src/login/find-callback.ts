import { readLoginId } from './state-param.js';
import type { SessionConfig } from '../options.js';
import { parseUrl } from '../platform/parse-url.js';
import { readTabLogins } from '../storage/tab-logins.js';

/** Whether the URL is an answer, even a stale one, to a login of this session. */
export function isOwnCallback({ searchParams }: URL, { key }: SessionConfig): boolean {
  const [, tag] = searchParams.get('state')?.split(';') ?? [];
  return tag === key && (searchParams.has('code') || searchParams.has('error'));
}

/** Whether the URL answers the login for which this tab has left, and that has not been answered yet. */
export function isAwaited(url: URL, { key }: SessionConfig): boolean {
  return readTabLogins(key).pendingId === readLoginId(url);
}

/**
 * The answer to a login of this session: in the page's address, or in the address with which the page was loaded,
 * since a router may have moved it on before the session was created.
 */
export function findCallback(config: SessionConfig): URL | undefined {
  if (typeof window === 'undefined') return undefined;
  const page = new URL(location.href);
  if (isOwnCallback(page, config)) return page;
  const loaded = readLoadedUrl();
  return loaded !== undefined && isOwnCallback(loaded, config) && isAwaited(loaded, config)
    ? loaded
    : undefined;
}

/** @see Navigation Timing Level 2 section 4.3 */
function readLoadedUrl(): URL | undefined {
  const [entry] = globalThis.performance?.getEntriesByType?.('navigation') ?? [];
  return entry === undefined ? undefined : (parseUrl(entry.name) ?? undefined);
}
