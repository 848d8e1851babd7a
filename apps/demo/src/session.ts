import { createSesamySession, limitOffline } from '@sesamy-kit/react';
import type { Session } from '@sesamy-kit/react';

import type { Config } from './config.js';
import { userSchema } from './user-schema.js';

/** How long a remembered reader counts as logged in while Sesamy cannot be reached. */
export const maxOfflineHours = 8;

/**
 * Creates the session of the site.
 *
 * @param base the path that the site is below, with a slash at its end
 * @param fetch what the session sends its requests with; the browser's by default
 */
export function createSession(
  config: Config,
  base: string,
  fetch: typeof globalThis.fetch | undefined,
): Session {
  const { backendUrl, mockUrl: _mock, siteUrls: _sites, ...sesamy } = config;
  const session = createSesamySession({
    ...sesamy,
    // The root of the origin is the session's default.
    redirectUri: base === '/' ? undefined : new URL(base, location.origin).href,
    // These origins receive the user's access token, where a script has one.
    allowedOrigins: backendUrl !== null && config.mode !== 'token-handler' ? [backendUrl] : [],
    fetch,
    userSchema,
  });
  return limitOffline(session, { maxOfflineSeconds: maxOfflineHours * 3600 });
}
