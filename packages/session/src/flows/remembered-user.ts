import { hasOldSession } from '../migrate/has-old-session.js';
import type { BaseConfig } from '../options.js';
import type { SessionState } from '../state.js';
import { hasCookie } from '../storage/cookies.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { hasPageRecords, mayHaveEntries, mayHaveRecords } from '../storage/traces.js';
import type { User } from '../user.js';

/** Returns the stored user: `null` for none, `undefined` if users are not stored. */
export function readStoredUser({ storage, key }: BaseConfig): User | null | undefined {
  return storage === 'local' ? readSnapshot(key) : undefined;
}

/** Whether there may be a session, judged synchronously. */
export function mayHaveSession(config: BaseConfig): boolean {
  if (config.mode === 'token-handler') return hasCookie(config.hintCookie);
  return config.mode === 'sso-cookie' || readStoredUser(config) !== null;
}

/**
 * Whether there may be anything of a session in this browser. For a user who has never logged in here there is not, so no
 * code is loaded.
 */
export async function mayHaveTraces(config: BaseConfig): Promise<boolean> {
  const { mode, key, hintCookie, authPath } = config;
  if (mode === 'sso-cookie' || hasPageRecords() || mayHaveEntries(key)) return true;
  if (hasOldSession(config)) return true;
  if (mode === 'refresh-token') return mayHaveRecords();
  return hasCookie(hintCookie) || location.pathname.startsWith(`${authPath}/`);
}

/**
 * Returns the user for the first render: the stored one, or without storage the one of `current`. Removes what is left
 * of a session that ended outside the kit, e.g. by a plain link to the logout.
 */
export function readRememberedUser(
  config: BaseConfig,
  current: SessionState | undefined,
): User | null {
  if (!mayHaveSession(config)) {
    writeSnapshot(config.key, null);
    return null;
  }
  const stored = readStoredUser(config);
  return stored === undefined ? (current?.user ?? null) : stored;
}
