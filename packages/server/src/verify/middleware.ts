import type { AccessTokenRequirements } from './errors.js';
import { checkRequirements, misconfigured } from './options.js';
import type { AccessTokenVerifier } from './verifier.js';

/**
 * Checks the arguments of a middleware, so that mistakes show when the server starts and not with the first request.
 *
 * @throws AccessTokenError `invalid_configuration`.
 */
export function checkMiddleware(
  verifier: AccessTokenVerifier,
  requirements: AccessTokenRequirements | undefined,
): void {
  // Callers without types get here with anything.
  if (typeof verifier?.verify !== 'function') {
    throw misconfigured(
      'The first argument of requireAccessToken must be what createAccessTokenVerifier returns.',
    );
  }
  checkRequirements(requirements);
}
