import { parseJson } from '../json.js';
import { isUser, type User } from '../user.js';

/**
 * The user to show in the very first render, before any record can be read: claims only, no token.
 * Storage that is blocked, full or tampered with counts as empty.
 */
export function readSnapshot(key: string): User | null {
  try {
    const user = parseJson(localStorage.getItem(key));
    return isUser(user) ? user : null;
  } catch {
    return null;
  }
}

/** Remembers the user for the first render of the next page load; `null` forgets. */
export function writeSnapshot(key: string, user: User | null): void {
  try {
    if (user === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(user));
  } catch {
    // A page without it starts as `initializing`, which is slower but right.
  }
}
