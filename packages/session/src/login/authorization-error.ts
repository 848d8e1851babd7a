import { AuthError } from '../errors.js';
import { readErrorCode } from '../platform/error-code.js';

/** Returns the error of an authorization error response. @see RFC 6749 section 4.1.2.1 */
export function authorizationError(response: URLSearchParams): AuthError {
  const oauthError = readErrorCode(response.get('error'));
  return new AuthError(
    'authorization_failed',
    `The login was not completed (${oauthError ?? 'no code'}). Offer to log in again.`,
    { oauthError, oauthErrorDescription: response.get('error_description') ?? undefined },
  );
}
