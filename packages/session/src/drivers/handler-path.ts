import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';

/**
 * Checks that requests below `authPath` reach the token handler and not the app's own page. A service worker or
 * server that responds to every navigation with the app would end each login there, signed out.
 * @throws AuthError `invalid_configuration` when the app runs below that path
 */
export function requireHandlerPath({ authPath }: SessionConfig): void {
  if (!location.pathname.startsWith(`${authPath}/`)) return;
  throw handlerMissing(authPath);
}

/** Returns the error for an app page that was sent instead of the token handler's response. */
export function handlerMissing(authPath: string): AuthError {
  return new AuthError(
    'invalid_configuration',
    `The app's own page was sent for a path below ${authPath}, where the token handler must respond. Exclude that path from the service worker (navigateFallbackDenylist in Workbox) and from the server's fallback page.`,
  );
}
