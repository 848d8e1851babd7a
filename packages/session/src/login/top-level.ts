import { AuthError } from '../errors.js';

/**
 * Checks that the page can redirect to a login page: in a frame of another origin the browser would show an error
 * instead, since login pages may not be framed.
 * @throws AuthError `not_top_level`
 * @see RFC 9700 section 4.16
 */
export function requireTopLevel(): void {
  if (!isInForeignFrame()) return;
  throw new AuthError(
    'not_top_level',
    'The page is in a frame of another origin, where a login page cannot be shown. Call loginWithPopup, or open the app in a tab of its own.',
  );
}

function isInForeignFrame(): boolean {
  try {
    return window.top !== null && window.top.location.origin !== location.origin;
  } catch {
    // Reading the location throws only for a page of another origin.
    return true;
  }
}
