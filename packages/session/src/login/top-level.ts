import { AuthError } from '../errors.js';

/**
 * Checks that a login page may take this page's place: in a frame of another site's page browsers show an error page
 * instead, since a login page may not be framed.
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
    // Only the location of another origin's page cannot be read.
    return true;
  }
}
