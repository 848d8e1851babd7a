import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import type { Recovery } from '../tokens/credentials.js';
import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { abortable } from '../platform/abortable.js';
import { hasCookie } from '../storage/cookies.js';
import { isLogoutPending } from '../storage/logout-marker.js';
import { createHandlerLogin } from './handler-login.js';
import { createHandlerUser } from './handler-user.js';

/**
 * Creates the driver that keeps the session with cookies, which a token handler (a backend for frontends) sets on the
 * page's own origin. It never sees a token: the user comes from the handler's `userinfo`, and a readable cookie
 * hints that there may be one.
 * @see OAuth 2.0 for Browser-Based Apps section 6.1
 */
export function createTokenHandlerDriver(
  config: SessionConfig,
  events: DriverEvents,
  { end }: DriverShare,
): Driver {
  const { key, hintCookie } = config;
  const { csrfHeader = 'X-Sesamy-CSRF' } = config.tokenHandler;
  const user = createHandlerUser(config, events);

  async function authorize(request: Request): Promise<Request> {
    if (new URL(request.url).origin !== location.origin) return request;
    if (!hasCookie(hintCookie)) user.end('logged-out-elsewhere');
    // The handler's cookies may still exist, and would authorize requests for the user who has logged out.
    if (user.isSignedOut() || isLogoutPending(key)) throw sessionEnded();
    const headers = new Headers(request.headers);
    headers.set(csrfHeader, '1');
    return new Request(request, { headers, credentials: 'same-origin' });
  }

  async function recover(): Promise<Recovery> {
    const found = hasCookie(hintCookie) ? await user.revalidate() : user.end('expired');
    if (found === null) throw sessionEnded();
    return 'confirmed';
  }

  return {
    restore: user.restore,
    ...createHandlerLogin(config, user, end),
    subject: () => user.current()?.sub,
    peekAccessToken: () => null,
    getAccessToken: () =>
      Promise.reject(
        new AuthError(
          'invalid_configuration',
          'With a token handler no script gets a token. Call the API by session.fetch.',
        ),
      ),
    refresh: async () => {},
    async renew() {
      const found = await user.refetch();
      if (found === null) throw sessionEnded();
      events.onRenewed(found, false);
    },
    info: async () => {
      if (user.current() === null) return null;
      const unknown = { expiresAt: null, scope: null, acr: null, amr: null, authTime: null };
      return { mode: 'token-handler', ...unknown };
    },
    refreshDueAt: () => null,
    authorize,
    recover: (rejected) => abortable(recover(), rejected.signal),
    signOutLocally: user.signOutLocally,
    preload: async () => {},
  };
}

function sessionEnded(): AuthError {
  return new AuthError('login_required', 'The session has ended. Log in again.');
}
