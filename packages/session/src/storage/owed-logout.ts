/*
 * A logout that the server has yet to hear of. It takes the place of the user who would be shown first, so that
 * nobody is shown meanwhile; only the server's hearing of it or a completed login takes it away.
 */

const OWED = '"logout"';

/** Whether a logout is owed. */
export function owesLogout(key: string): boolean {
  try {
    return localStorage.getItem(key) === OWED;
  } catch {
    return false;
  }
}

/** Notes that one is. */
export function oweLogout(key: string): void {
  try {
    localStorage.setItem(key, OWED);
  } catch {
    // Where nothing can be kept, a logout without a network lasts as long as the page.
  }
}
