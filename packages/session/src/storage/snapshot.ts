import { parseJson } from '../platform/json.js';
import { isUser, type User } from '../user.js';
import { isMarker } from './logout-marker.js';

/**
 * Returns the user for the first render, before any record can be read: claims only, no token. Returns `null` for
 * invalid storage, and `undefined` if storage is blocked.
 */
export function readSnapshot(key: string): User | null | undefined {
  try {
    const user = parseJson(localStorage.getItem(key));
    return isUser(user) ? user : null;
  } catch {
    return undefined;
  }
}

/** Stores the user for the first render of the next page load; `null` removes it, but keeps a logout's marker. */
export function writeSnapshot(key: string, user: User | null): void {
  try {
    if (user !== null) localStorage.setItem(key, JSON.stringify(user));
    else if (!isMarker(localStorage.getItem(key))) localStorage.removeItem(key);
  } catch {
    // If storage is full, the next page load restores the user from the record, a moment later.
  }
}
