/*
 * A logout that the server has yet to hear of. The marker takes the place of the snapshot, so that no user is shown
 * meanwhile; only the server's hearing of it or a completed login removes it. Where the server has heard of it by
 * script alone, which may not have reached its own cookies, a second marker stays until the next login.
 */

const PENDING = '"logout"';
const ASKING = '"login"';

/** Whether the server has yet to hear of a logout. */
export function isLogoutPending(key: string): boolean {
  return read(key) === PENDING;
}

/** Whether the next login must ask who the user is, since the server may still know the one who has logged out. */
export function isLoginAsking(key: string): boolean {
  return [PENDING, ASKING].includes(read(key) ?? '');
}

/** Notes that the server has yet to hear of a logout. */
export function markLogoutPending(key: string): void {
  write(key, PENDING);
}

/** Notes that it has heard of it, but not by the page's leaving for it. */
export function markLoginAsking(key: string): void {
  write(key, ASKING);
}

/** Notes that it has heard of it, or that a login has been completed since. */
export function clearPendingLogout(key: string): void {
  if (isLoginAsking(key)) localStorage.removeItem(key);
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
    // Where nothing can be kept, a logout that was not heard lasts as long as the page.
  }
}
