import { parseJson } from '../json.js';
import { isUser, type User } from '../user.js';

/**
 * The user to show in the very first render, before any record can be read: claims only, no token.
 * Storage that was tampered with counts as empty; `undefined` says that it is blocked, so nobody knows.
 */
export function readSnapshot(key: string): User | null | undefined {
  try {
    const user = parseJson(localStorage.getItem(key));
    return isUser(user) ? user : null;
  } catch {
    return undefined;
  }
}

/** Remembers the user for the first render of the next page load; `null` forgets. */
export function writeSnapshot(key: string, user: User | null): void {
  try {
    if (user === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(user));
  } catch {
    // Where storage is full the next page load starts signed out, until somebody logs in again.
  }
}
