/*
 * A logout that the server has yet to hear of. The marker takes the place of the snapshot, so that no user is shown
 * meanwhile; only the server's hearing of it or a completed login removes it.
 */

const PENDING = '"logout"';

/** Whether the server has yet to hear of a logout. */
export function isLogoutPending(key: string): boolean {
  try {
    return localStorage.getItem(key) === PENDING;
  } catch {
    return false;
  }
}

/** Notes that it has. */
export function markLogoutPending(key: string): void {
  try {
    localStorage.setItem(key, PENDING);
  } catch {
    // Where nothing can be kept, a logout that was not heard lasts as long as the page.
  }
}

/** Notes that it has heard, or that a login has been completed since. */
export function clearPendingLogout(key: string): void {
  if (isLogoutPending(key)) localStorage.removeItem(key);
}
