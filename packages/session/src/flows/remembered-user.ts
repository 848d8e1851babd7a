import type { SessionConfig } from '../options.js';
import type { SessionState } from '../state.js';
import { hasCookie } from '../storage/cookies.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import type { User } from '../user.js';

/** Returns the user whom this browser last stored: `null` for none, `undefined` where it stores none. */
export function readStoredUser({ storage, key }: SessionConfig): User | null | undefined {
  return storage === 'local' ? readSnapshot(key) : undefined;
}

/** Whether there may be a session, as far as can be seen without loading code. */
export function mayHaveSession(config: SessionConfig): boolean {
  if (config.mode === 'token-handler') return hasCookie(config.hintCookie);
  return config.mode === 'sso-cookie' || readStoredUser(config) !== null;
}

/**
 * Returns the user to render at once: the stored one, or without storage the one of `current`. What is left of a session
 * that ended elsewhere, such as by a link to the logout, is removed.
 */
export function readRememberedUser(
  config: SessionConfig,
  current: SessionState | undefined,
): User | null {
  if (!mayHaveSession(config)) {
    writeSnapshot(config.key, null);
    return null;
  }
  const stored = readStoredUser(config);
  if (stored !== undefined) return stored;
  return current?.status === 'authenticated' ? current.user : null;
}
