import { parseUrl } from '../platform/parse-url.js';
import { isAwaited } from '../login/find-callback.js';
import type { SessionConfig } from '../options.js';
import { updateTab } from '../storage/tab-entry.js';
import { readTabLogins } from '../storage/tab-logins.js';

/*
 * A callback whose code could not be exchanged because the network failed or code of the app was missing. It is removed
 * from the address bar, since URLs are copied, bookmarked and read by other scripts; the tab keeps it for as long as the
 * code may be valid.
 */

/** The maximum lifetime of a code. @see RFC 6749 section 4.1.2 */
const LIFETIME_MS = 5 * 60_000;

/**
 * Keeps the callback for a retry. One of another login, perhaps a forged one, does not end the login that this tab waits
 * for, and does not displace a callback that is held.
 */
export function holdCallback(url: URL, config: SessionConfig): void {
  const { key } = config;
  if (isAwaited(url, config)) updateTab(key, { pendingId: undefined });
  else if (findHeldCallback(config) !== undefined) return;
  updateTab(key, { callback: { url: url.href, receivedAt: Date.now() } });
}

/** Returns the callback held in this tab, while its code may be valid. */
export function findHeldCallback({ key }: SessionConfig): URL | undefined {
  const { callback } = readTabLogins(key);
  const isFresh =
    callback !== undefined && Math.abs(Date.now() - callback.receivedAt) < LIFETIME_MS;
  return isFresh ? (parseUrl(callback.url) ?? undefined) : undefined;
}
