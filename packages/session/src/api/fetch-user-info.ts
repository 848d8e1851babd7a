import { createApiFetch } from './api-fetch.js';
import { readApiResponse } from './api-response.js';
import type { Driver } from '../driver.js';
import { AuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import type { SessionConfig } from '../options.js';
import { userChanged } from './user-changed.js';
import type { Session } from '../session.js';
import { isUser } from '../user.js';

/**
 * Makes `session.fetchUserInfo`, which asks the authorization server, or the token handler in its place.
 * @see OpenID Connect Core 1.0 section 5.3
 */
export function createFetchUserInfo(
  { mode, authPath, issuer }: SessionConfig,
  driver: Pick<Driver, 'authorize' | 'recover' | 'subject'>,
): Session['fetchUserInfo'] {
  const base = mode === 'token-handler' ? `${authPath}/` : issuer;
  const url = new URL(`${base}userinfo`, location.origin);
  const fetch = createApiFetch(driver, new Set([url.origin]));
  return async ({ signal = null } = {}) => {
    const before = driver.subject();
    const answer = await readApiResponse(await fetch(url, { signal, cache: 'no-store' }));
    const subject = driver.subject();
    if (before !== undefined && subject !== before) throw userChanged();
    const { authenticated, ...claims } = isObject(answer) ? answer : {};
    if (authenticated === false) {
      throw new AuthError('login_required', 'The session is over. Log in again.');
    }
    // Section 5.3.2: an answer for another subject must not be used.
    if (isUser(claims) && claims.sub === subject) return claims;
    throw new AuthError(
      'callback_rejected',
      'The answer of userinfo was refused: its "sub" is not that of the session. Log in again.',
    );
  };
}
