import type { JWTPayload } from 'jose';
import { ApiRefusal } from '../client-api/errors.js';
import type { AppContext, ServerContext } from '../context.js';
import { readBearer } from '../request-facts.js';
import { findUser } from '../state.js';

/** The application behind a request to the Management API. */
export interface Caller {
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/**
 * The application whose token a request carries. A revoked application's token is valid until it
 * expires: it is a signed statement that is never withdrawn.
 * @throws ApiRefusal 401 for a missing, foreign or expired token, 403 for a user's token
 */
export async function callerOf(server: ServerContext, c: AppContext): Promise<Caller> {
  const token = readBearer(c.req.raw);
  if (!token) {
    throw unauthenticated('Send an access token: Authorization: Bearer TOKEN.');
  }
  const { sub = '', sid, aud, scope } = await verify(server, token);
  const audiences = [aud ?? []].flat();
  if (!audiences.some((audience) => server.options.audiences.includes(audience))) {
    throw unauthenticated('The access token is for another audience.');
  }
  if (sid !== undefined || findUser(server.state, sub)) {
    throw new ApiRefusal(
      'insufficient_permissions',
      'This is a user’s token. The Management API accepts tokens of applications (client_credentials).',
    );
  }
  return { clientId: sub, scopes: typeof scope === 'string' ? scope.split(' ') : [] };
}

async function verify(server: ServerContext, token: string): Promise<JWTPayload> {
  try {
    return await server.keys.verify(token, server.clock.now());
  } catch {
    throw unauthenticated('The access token is not valid or has expired.');
  }
}

function unauthenticated(message: string): ApiRefusal {
  return new ApiRefusal('authentication_required', message);
}
