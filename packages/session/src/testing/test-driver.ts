import type { Driver } from '../driver.js';
import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import type { UserIdentity } from '../user.js';
import { resolveUrl } from './test-api.js';

/** What a test session has in place of a driver: credentials that no server has issued. */
export interface TestDriver extends Pick<Driver, 'authorize' | 'recover' | 'subject'> {
  readonly allowedOrigins: ReadonlySet<string>;
  /** @throws AuthError `login_required` while no user is signed in */
  readonly expectUser: () => void;
  /** @throws AuthError `login_required` while no user is signed in; `invalid_configuration` with a token handler */
  readonly readAccessToken: () => string;
}

/** Creates the driver of a test session in the given mode. */
export function createTestDriver(
  config: SessionConfig,
  readUser: () => UserIdentity | undefined,
  accessToken: string,
): TestDriver {
  const isHandled = config.mode === 'token-handler';
  const pageOrigin = new URL(resolveUrl('/')).origin;

  function expectUser(): void {
    if (readUser() !== undefined) return;
    throw new AuthError('login_required', 'No user is signed in. Log in first.');
  }

  return {
    // A token handler's cookies are for its own origin only.
    allowedOrigins: new Set([...config.allowedOrigins, ...(isHandled ? [pageOrigin] : [])]),
    expectUser,
    readAccessToken() {
      if (isHandled) {
        throw new AuthError(
          'invalid_configuration',
          'With a token handler no script gets a token. Call the API by session.fetch.',
        );
      }
      expectUser();
      return accessToken;
    },
    subject: () => readUser()?.sub,
    async authorize(request) {
      if (isHandled && new URL(request.url).origin !== pageOrigin) return request;
      expectUser();
      const headers = new Headers(request.headers);
      if (isHandled) headers.set(config.tokenHandler.csrfHeader ?? 'X-Sesamy-CSRF', '1');
      else headers.set('authorization', `Bearer ${accessToken}`);
      return new Request(request, { headers });
    },
    // As for a token that has only just been issued.
    recover: async () => 'none',
  };
}
