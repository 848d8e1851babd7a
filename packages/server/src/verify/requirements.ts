import type { AccessToken } from './access-token.js';
import { AccessTokenError, invalidToken } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';
import { misconfigured } from './options.js';

/**
 * Throws for a valid token that does not meet the requirements of a route.
 *
 * @throws AccessTokenError `invalid_token` for the wrong kind of subject, `insufficient_scope`,
 * `insufficient_user_authentication`, `invalid_configuration` for a requirement whose claim the token lacks.
 * @see https://www.rfc-editor.org/rfc/rfc9470#section-3
 */
export function requireOf(
  token: AccessToken,
  requirements: AccessTokenRequirements,
  now: number,
): void {
  const { scopes = [], permissions = [], subject = 'reader' } = requirements;
  if (subject !== 'any' && token.subjectType !== subject) {
    throw invalidToken(
      'subject',
      subject === 'reader'
        ? "The token is an application's, not a reader's."
        : "The token is a reader's, not an application's.",
    );
  }
  if (!scopes.every((scope) => token.scopes.includes(scope))) {
    throw insufficient('scope', 'The token lacks a scope that this call needs.', requirements);
  }
  if (!permissions.every((permission) => token.permissions.includes(permission))) {
    throw insufficient('scope', 'The token lacks a permission that this call needs.', requirements);
  }
  requireLogin(token, requirements, now);
}

function requireLogin(
  { authenticatedAt, acr }: AccessToken,
  requirements: AccessTokenRequirements,
  now: number,
): void {
  const { maxAgeSeconds, acrValues } = requirements;
  if (maxAgeSeconds !== undefined) {
    if (authenticatedAt === undefined) throw missingClaim('maxAgeSeconds', 'auth_time');
    if (authenticatedAt + maxAgeSeconds * 1000 < now) {
      throw insufficient(
        'user_authentication',
        'The login is too long ago for this call.',
        requirements,
      );
    }
  }
  if (acrValues !== undefined) {
    if (acr === undefined) throw missingClaim('acrValues', 'acr');
    if (!acrValues.includes(acr)) {
      throw insufficient('user_authentication', 'This call needs a stronger login.', requirements);
    }
  }
}

function insufficient(
  what: 'scope' | 'user_authentication',
  message: string,
  requirements: AccessTokenRequirements,
): AccessTokenError {
  return new AccessTokenError(message, { code: `insufficient_${what}`, requirements });
}

/** Another login would not add the claim: requiring one would loop. */
function missingClaim(requirement: string, claim: string): AccessTokenError {
  return misconfigured(
    `The requirement "${requirement}" needs the claim ${claim} in the access token, and this token has none. Have the ` +
      'issuer add it to access tokens, or remove the requirement. Another login does not help.',
  );
}
