import type { AccessTokenRequirements } from './errors.js';
import { checkRequirements, misconfigured } from './options.js';
import type { AccessTokenVerifier } from './verifier.js';

/**
 * Checks the arguments of a middleware, so that errors occur at startup, not on the first request.
 *
 * @throws AccessTokenError `invalid_configuration`.
 */
export function checkMiddleware(
  verifier: AccessTokenVerifier,
  requirements: AccessTokenRequirements | undefined,
): void {
  // JavaScript callers may pass anything.
  if (typeof verifier?.verify !== 'function') {
    throw misconfigured(
      'The first argument of requireAccessToken must be what createAccessTokenVerifier returns.',
    );
  }
  checkRequirements(requirements);
}
