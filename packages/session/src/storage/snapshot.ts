import { parseJson } from '../platform/json.js';
import { isUser, type User } from '../user.js';
import { isLoginAsking } from './pending-logout.js';

/**
 * The user to show in the very first render, before any record can be read: claims only, no token.
 * Storage that was tampered with counts as empty; `undefined` says that it is blocked, so the user is not known.
 */
export function readSnapshot(key: string): User | null | undefined {
  try {
    const user = parseJson(localStorage.getItem(key));
    return isUser(user) ? user : null;
  } catch {
    return undefined;
  }
}

/** Remembers the user for the first render of the next page load; `null` forgets, but not that there was a logout. */
export function writeSnapshot(key: string, user: User | null): void {
  try {
    if (user !== null) localStorage.setItem(key, JSON.stringify(user));
    else if (!isLoginAsking(key)) localStorage.removeItem(key);
  } catch {
    // Where storage is full the next page load is signed in a moment later, by the record.
  }
}
