import { createApiFetch, type PlatformFetch } from './api-fetch.js';
import { readApiResponse } from './api-response.js';
import type { Driver } from '../driver.js';
import { AuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import type { SessionConfig } from '../options.js';
import { userChanged } from './user-changed.js';
import type { Session } from '../session.js';
import { isUser } from '../user.js';

/**
 * Creates `session.fetchUserInfo`, which requests `userinfo` from the authorization server or the token handler.
 * @see OpenID Connect Core 1.0 section 5.3
 */
export function createFetchUserInfo(
  { mode, authPath, issuer, fetch: ownFetch }: SessionConfig,
  driver: Pick<Driver, 'authorize' | 'recover' | 'subject'>,
  platformFetch: PlatformFetch | undefined = ownFetch,
): Session['fetchUserInfo'] {
  const isHandled = mode === 'token-handler';
  const url = isHandled
    ? new URL(`${authPath}/userinfo`, location.origin)
    : new URL('userinfo', issuer);
  const fetch = createApiFetch(driver, new Set([url.origin]), platformFetch);
  return async ({ signal = null } = {}) => {
    const before = driver.subject();
    const body = await readApiResponse(await fetch(url, { signal, cache: 'no-store' }));
    const subject = driver.subject();
    if (before !== undefined && subject !== before) throw userChanged();
    const { authenticated, ...claims } = isObject(body) ? body : {};
    if (authenticated === false) {
      throw new AuthError('login_required', 'The session has ended. Log in again.');
    }
    // Section 5.3.2: a response for another subject must not be used.
    if (isUser(claims) && claims.sub === subject) return claims;
    throw new AuthError(
      'callback_rejected',
      'The userinfo response was rejected: its "sub" is not that of the session. Log in again.',
    );
  };
}
