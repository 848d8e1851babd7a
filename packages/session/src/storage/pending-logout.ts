/*
 * A logout that has not reached the server yet. Its marker replaces the snapshot, so that no user is rendered meanwhile;
 * only the logout's arrival at the server or a completed login removes it. If it arrived by script alone, it may not
 * have cleared the server's cookies, so a second marker stays until the next login.
 */

const PENDING = '"logout"';
const ASKING = '"login"';

/** Whether a logout has not reached the server yet. */
export function isLogoutPending(key: string): boolean {
  return read(key) === PENDING;
}

/** Whether the next login needs `prompt=login`, since the server may still have the session that was logged out. */
export function isPromptRequired(key: string): boolean {
  return [PENDING, ASKING].includes(read(key) ?? '');
}

/** Marks a logout that has not reached the server yet. */
export function markLogoutPending(key: string): void {
  write(key, PENDING);
}

/** Marks a logout that reached the server by script, not by navigation. */
export function markPromptRequired(key: string): void {
  write(key, ASKING);
}

/** Removes the marker, after the logout reached the server or a login was completed. */
export function clearPendingLogout(key: string): void {
  if (isPromptRequired(key)) localStorage.removeItem(key);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, marker: string): void {
  try {
    localStorage.setItem(key, marker);
  } catch {
    // Without storage, a pending logout lasts as long as the page.
  }
}
