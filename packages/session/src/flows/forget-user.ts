import type { BaseConfig } from '../options.js';
import type { LogoutOptions } from '../session.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { PENDING, writeMarker } from '../storage/logout-marker.js';
import { writeSnapshot } from '../storage/snapshot.js';

/**
 * Forgets the user in web storage and cookies, and marks a logout that the server has yet to receive. With `local`, only
 * a token handler is to receive it, which keeps the tokens.
 */
export function forgetUser(
  { key, mode, storage, hintCookie, tokenHandler }: BaseConfig,
  options?: LogoutOptions,
): void {
  writeSnapshot(key, null);
  const isHandled = mode === 'token-handler';
  // The page's navigation is the only request of this logout.
  if (isHandled && tokenHandler.logoutMethod === 'GET') removeCookie(hintCookie);
  // The next page knows nothing of a refresh token in memory.
  else if (isHandled || (!options?.local && (mode !== 'refresh-token' || storage === 'local'))) {
    writeMarker(key, PENDING);
  }
}
