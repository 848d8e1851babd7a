import type { MiddlewareHandler } from 'hono';
import type { AccessToken } from './access-token.js';
import { authenticate, refusalResponse } from './bearer.js';
import type { AccessTokenRequirements } from './errors.js';
import type { AccessTokenVerifier } from './verifier.js';

/** What the middleware leaves for the handlers behind it: `c.get('accessToken')`. */
export interface AccessTokenEnv {
  Variables: { accessToken: AccessToken };
}

/**
 * Hono middleware that lets in requests with a good access token only, and answers the others as RFC 6750 says.
 * Use it once for all routes, and again with requirements where a route needs more.
 */
export function requireAccessToken(
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): MiddlewareHandler<AccessTokenEnv> {
  return async (c, next) => {
    try {
      c.set('accessToken', await authenticate(c.req.raw, verifier, requirements));
    } catch (error) {
      return refusalResponse(error);
    }
    return next();
  };
}
