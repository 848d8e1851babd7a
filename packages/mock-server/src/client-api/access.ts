import type { JWTPayload } from 'jose';
import type { AppContext, ServerContext } from '../context.js';
import { randomToken } from '../random.js';
import { readBearer } from '../request-facts.js';
import { findUser } from '../state.js';
import type { User } from '../users.js';
import { ApiRefusal } from './errors.js';

/**
 * The user whose access token a request to the API carries.
 * @throws ApiRefusal 401 when the token is missing, foreign or expired; 403 when the user is blocked.
 */
export async function apiUser(server: ServerContext, c: AppContext): Promise<User> {
  const token = readBearer(c.req.raw);
  if (!token)
    throw new ApiRefusal(
      'authentication_required',
      'Send an access token: Authorization: Bearer …',
    );
  const claims = await verify(server, token);
  const user = findUser(server.state, claims.sub ?? '');
  if (!user)
    throw new ApiRefusal('authentication_required', 'The access token is not one of a user.');
  if (user.isBlocked) throw new ApiRefusal('insufficient_permissions', 'The user is blocked.');
  return user;
}

/** The audiences that Sesamy's APIs go by; tokens for a publisher's own API are not for them. */
const API_AUDIENCES = new Set(['https://api.sesamy.com', 'urn:sesamy']);

/** A new id for a response, so that it can be found in the request log. */
export function requestId(server: ServerContext): string {
  return `req_${randomToken(server.random, 9)}`;
}

async function verify(server: ServerContext, token: string): Promise<JWTPayload> {
  let claims: JWTPayload;
  try {
    claims = await server.keys.verify(token, server.clock.now());
  } catch {
    throw new ApiRefusal(
      'authentication_required',
      'The access token is not valid or has expired.',
    );
  }
  const audiences = [claims.aud ?? []].flat();
  if (
    audiences.some(
      (audience) => API_AUDIENCES.has(audience) || audience === server.options.defaultAudience,
    )
  )
    return claims;
  throw new ApiRefusal('authentication_required', 'The access token is for another audience.');
}
