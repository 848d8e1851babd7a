import type { AccessToken } from './access-token.js';
import { authenticate, refusalOf } from './bearer.js';
import type { AccessTokenRequirements } from './errors.js';
import { checkMiddleware } from './middleware.js';
import { misconfigured } from './options.js';
import type { AccessTokenVerifier } from './verifier.js';

/** The part of Node's and Express's requests that is used here. */
export interface NodeRequest {
  headers: { authorization?: string | undefined };
}

/** The part of Node's and Express's responses that is used here. */
export interface NodeResponse {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
  destroy?(): unknown;
}

/** A handler as in Express, Connect and plain `node:http`. Its promise never rejects. */
export type NodeMiddleware = (
  request: NodeRequest,
  response: NodeResponse,
  next: (error?: unknown) => unknown,
) => Promise<void>;

const accessTokens = new WeakMap<NodeRequest, AccessToken>();

/**
 * The access token of a request that has passed {@link requireAccessToken}.
 *
 * @throws AccessTokenError `invalid_configuration` for any other request.
 */
export function accessTokenOf(request: NodeRequest): AccessToken {
  const token = accessTokens.get(request);
  if (token) return token;
  throw misconfigured(
    'The request has not passed requireAccessToken. Put that middleware before this handler.',
  );
}

/**
 * Middleware for Express 4 and 5, Connect and `node:http` that accepts only requests with a valid access token, and
 * rejects the others as in RFC 6750. Handlers behind it read the token with {@link accessTokenOf}.
 *
 * A response that has been sent or closed meanwhile, for instance by a time-out, is not touched. Any other error
 * is passed to `next(error)`; with a `next` that takes no error, as in plain `node:http`, the response is a bare 500.
 * A response that a failing handler has begun is cut off.
 *
 * @throws AccessTokenError `invalid_configuration` immediately for requirements that would accept more than intended.
 */
export function requireAccessToken(
  verifier: AccessTokenVerifier,
  requirements?: AccessTokenRequirements,
): NodeMiddleware {
  checkMiddleware(verifier, requirements);
  return async (request, response, next) => {
    try {
      const token = await authenticate(request, verifier, requirements).catch((error: unknown) => {
        const { status, headers, body } = refusalOf(error);
        if (isOpen(response)) send(response, status, headers, body);
      });
      if (token === undefined || !isOpen(response)) return;
      accessTokens.set(request, token);
      await next();
    } catch (error) {
      await fail(response, next, error);
    }
  };
}

/** Express passes errors to its error handlers; a bare `next` would continue. */
async function fail(
  response: NodeResponse,
  next: (error?: unknown) => unknown,
  error: unknown,
): Promise<void> {
  if (response.headersSent && !response.writableEnded) response.destroy?.();
  if (!isOpen(response)) return;
  try {
    if (next.length > 0) {
      await next(error);
      return;
    }
  } catch {
    // The error handler failed as well: respond as a last resort.
  }
  try {
    if (isOpen(response)) send(response, 500, {}, { error: 'server_error' });
  } catch {
    // Nothing can be sent on this response.
  }
}

function isOpen({ headersSent, writableEnded, destroyed }: NodeResponse): boolean {
  return !headersSent && !writableEnded && !destroyed;
}

function send(
  response: NodeResponse,
  status: number,
  headers: Record<string, string>,
  body: object,
): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(JSON.stringify(body));
}
