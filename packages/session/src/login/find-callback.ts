import type { BaseConfig } from '../options.js';
import { parseUrl } from '../platform/parse-url.js';
import { readTab } from '../storage/tab-entry.js';
import { isOwnCallback, readLoginId } from './state-param.js';

/** Whether the URL is the callback of this tab's pending login. */
export function isAwaited(url: URL, { key }: BaseConfig): boolean {
  return readTab(key)['pendingId'] === readLoginId(url);
}

/**
 * Returns the URL of this session's login callback: the current URL, or the one the page was loaded with, since a
 * router may have changed it before the session was created.
 */
export function findCallback(config: BaseConfig): URL | undefined {
  if (typeof window === 'undefined') return undefined;
  const page = new URL(location.href);
  if (isOwnCallback(page, config)) return page;
  const loaded = readLoadedUrl();
  return loaded && isOwnCallback(loaded, config) && isAwaited(loaded, config) ? loaded : undefined;
}

/** @see Navigation Timing Level 2 section 4.3 */
function readLoadedUrl(): URL | null | undefined {
  const entry = globalThis.performance?.getEntriesByType?.('navigation')[0];
  return entry && parseUrl(entry.name);
}
