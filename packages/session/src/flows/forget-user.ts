import type { BaseConfig } from '../options.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { PENDING, writeMarker } from '../storage/logout-marker.js';
import { writeSnapshot } from '../storage/snapshot.js';

/** Forgets the user in web storage and cookies, and marks a logout that the server has yet to receive. */
export function forgetUser({ key, mode, storage, hintCookie, tokenHandler }: BaseConfig): void {
  writeSnapshot(key, null);
  // The page's navigation is the only request of this logout.
  if (mode === 'token-handler' && tokenHandler.logoutMethod === 'GET') removeCookie(hintCookie);
  // The next page knows nothing of a refresh token in memory.
  else if (mode !== 'refresh-token' || storage === 'local') writeMarker(key, PENDING);
}
