import { parseUrl } from '../platform/parse-url.js';
import type { SessionConfig } from '../options.js';
import { readTabLogins, updateTabLogins } from '../storage/tab-logins.js';

/*
 * A callback whose code could not be exchanged because the network failed. The address bar has lost it by then,
 * since what is in the address is copied, bookmarked and read by other scripts; the tab keeps it, for as long as
 * the code may live.
 */

/** As long as a server may let a code live, at most. @see RFC 6749 section 4.1.2 */
const LIFETIME_MS = 5 * 60_000;

/** Keeps the callback for the next try. */
export function holdCallback({ href }: URL, { key }: SessionConfig): void {
  const { callback } = readTabLogins(key);
  const receivedAt = callback?.url === href ? callback.receivedAt : Date.now();
  updateTabLogins(key, { pendingId: undefined, callback: { url: href, receivedAt } });
}

/** The callback that is held in this tab, while its code may still be good. */
export function findHeldCallback({ key }: SessionConfig): URL | undefined {
  const { callback } = readTabLogins(key);
  const isFresh =
    callback !== undefined && Math.abs(Date.now() - callback.receivedAt) < LIFETIME_MS;
  return isFresh ? (parseUrl(callback.url) ?? undefined) : undefined;
}
