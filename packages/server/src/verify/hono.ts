import type { MiddlewareHandler } from 'hono';
import type { AccessToken } from './access-token.js';
import { authenticate, refusalResponse } from './bearer.js';
import type { AccessTokenRequirements } from './errors.js';
import { checkMiddleware } from './middleware.js';
import type { AccessTokenVerifier } from './verifier.js';

/** What the middleware provides to the handlers behind it: `c.get('accessToken')`. */
export interface AccessTokenEnv {
  Variables: { accessToken: AccessToken };
}

/**
 * Hono middleware that accepts only requests with a valid access token, and rejects the others as in RFC 6750.
 * Use it once for all routes, and again with requirements where a route needs more. Other errors go
 * to `app.onError`.
 *
 * @throws AccessTokenError `invalid_configuration` immediately for requirements that would accept more than intended.
 */
export function requireAccessToken(
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): MiddlewareHandler<AccessTokenEnv> {
  checkMiddleware(verifier, requirements);
  return async (c, next) => {
    try {
      c.set('accessToken', await authenticate(c.req.raw, verifier, requirements));
    } catch (error) {
      return refusalResponse(error);
    }
    return next();
  };
}
