import type { MiddlewareHandler } from 'hono';
import type { AccessToken } from './access-token.js';
import { authenticate, refusalResponse } from './bearer.js';
import type { AccessTokenRequirements } from './errors.js';
import { checkMiddleware } from './middleware.js';
import type { AccessTokenVerifier } from './verifier.js';

/** What the middleware leaves for the handlers behind it: `c.get('accessToken')`. */
export interface AccessTokenEnv {
  Variables: { accessToken: AccessToken };
}

/**
 * Hono middleware that lets in requests with a valid access token only, and refuses the others as RFC 6750 says.
 * Use it once for all routes, and again with requirements where a route needs more. What is not about the request goes
 * to `app.onError`.
 *
 * @throws AccessTokenError `invalid_configuration` at once for requirements that let in more than was meant.
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
