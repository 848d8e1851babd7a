/*
 * A logout that has not reached the server yet. Its marker replaces the snapshot, so that no user is rendered meanwhile;
 * only the logout's arrival at the server or a completed login removes it. If it arrived by script alone, it may not
 * have cleared the server's cookies, so a second marker stays until the next login.
 */

/** The marker of a logout that has not reached the server yet. */
export const PENDING = '"logout"';

/** The marker of a logout that reached the server by script, not by navigation. */
export const PROMPT_REQUIRED = '"login"';

/** Whether an entry of web storage is a marker. */
export function isMarker(entry: string | null): boolean {
  return entry === PENDING || entry === PROMPT_REQUIRED;
}

/** Stores a marker in place of the snapshot. */
export function writeMarker(key: string, marker: string): void {
  try {
    localStorage.setItem(key, marker);
  } catch {
    // Without storage, a pending logout lasts as long as the page.
  }
}

/** Returns the entry of web storage in which a marker may be; `null` if storage is blocked. */
export function readEntry(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Whether a logout has not reached the server yet. */
export function isLogoutPending(key: string): boolean {
  return readEntry(key) === PENDING;
}

/** Removes the marker, after the logout reached the server or a login was completed. */
export function clearPendingLogout(key: string): void {
  if (isMarker(readEntry(key))) localStorage.removeItem(key);
}
