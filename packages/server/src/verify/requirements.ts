import type { AccessToken } from './access-token.js';
import { AccessTokenError } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';

/**
 * Refuses a good token that does not cover what the route asks for.
 *
 * @throws AccessTokenError `insufficient_scope`, `insufficient_user_authentication`.
 * @see https://www.rfc-editor.org/rfc/rfc9470#section-3
 */
export function requireOf(
  token: AccessToken,
  requirements: AccessTokenRequirements,
  now: number,
): void {
  const { scopes = [], permissions = [], maxAgeSeconds, acrValues } = requirements;
  if (!scopes.every((scope) => token.scopes.includes(scope))) {
    throw insufficient(
      'insufficient_scope',
      'The token lacks a scope that this call needs.',
      requirements,
    );
  }
  if (!permissions.every((permission) => token.permissions.includes(permission))) {
    throw insufficient(
      'insufficient_scope',
      'The token lacks a permission that this call needs.',
      requirements,
    );
  }
  if (
    maxAgeSeconds !== undefined &&
    !((token.authenticatedAt ?? 0) + maxAgeSeconds * 1000 >= now)
  ) {
    throw insufficient(
      'insufficient_user_authentication',
      'The login is too long ago for this call.',
      requirements,
    );
  }
  if (acrValues !== undefined && !acrValues.includes(token.acr ?? '')) {
    throw insufficient(
      'insufficient_user_authentication',
      'This call needs a stronger login.',
      requirements,
    );
  }
}

function insufficient(
  code: 'insufficient_scope' | 'insufficient_user_authentication',
  message: string,
  requirements: AccessTokenRequirements,
): AccessTokenError {
  return new AccessTokenError(message, { code, requirements });
}
