import type { AccessToken } from './access-token.js';
import { bearerToken, refusalOf } from './bearer.js';
import { AccessTokenError } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';
import type { AccessTokenVerifier } from './verifier.js';

/** The part of Node's and Express's requests that is used here. */
export interface NodeRequest {
  headers: { authorization?: string | undefined };
}

/** The part of Node's and Express's responses that is used here. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** A handler in the manner of Express, Connect and plain `node:http`. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: () => void,
) => Promise<void>;

const accessTokens = new WeakMap<NodeRequest, AccessToken>();

/** The access token of a request that has passed {@link requireAccessToken}; throws for any other request. */
export function accessTokenOf(request: NodeRequest): AccessToken {
  const token = accessTokens.get(request);
  if (token) return token;
  throw new AccessTokenError(
    'The request has not passed requireAccessToken. Put that middleware before this handler.',
    {
      code: 'invalid_configuration',
    },
  );
}

/**
 * Middleware for Express and `node:http` that lets in requests with a good access token only, and answers the others
 * as RFC 6750 says. Handlers behind it read the token by {@link accessTokenOf}.
 */
export function requireAccessToken(
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): NodeMiddleware {
  return async (request, response, next) => {
    try {
      accessTokens.set(
        request,
        await verifier.verify(bearerToken(request.headers.authorization), requirements),
      );
    } catch (error) {
      refuse(response, error);
      return;
    }
    next();
  };
}

function refuse(response: NodeResponse, error: unknown): void {
  const { status, headers, body } = refusalOf(error);
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(JSON.stringify(body));
}
