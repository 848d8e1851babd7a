import { CODE } from '../api/api-response.js';
import { AuthError } from '../errors.js';

/** The error that an authorization response tells of. @see RFC 6749 section 4.1.2.1 */
export function authorizationError(response: URLSearchParams): AuthError {
  const said = response.get('error') ?? '';
  const oauthError = CODE.test(said) ? said : undefined;
  return new AuthError(
    'authorization_failed',
    `The login was not completed (${oauthError ?? 'no code'}). Offer to log in again.`,
    { oauthError, oauthErrorDescription: response.get('error_description') ?? undefined },
  );
}
