import type { JWTPayload } from 'jose';
import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { engineMessage, RefusalError } from '../errors.js';
import { readBearer } from '../request-facts.js';
import { findUser, type OpSession } from '../state.js';
import { scopeClaims } from './claims.js';
import { isLive } from './op-session.js';
import { hasScope } from './tokens.js';

/** `GET` and `POST /userinfo` (OIDC Core section 5.3). */
export function userinfoEndpoint(server: ServerContext): Endpoint {
  return async (c) => {
    const token = readBearer(c.req.raw) ?? formToken(c);
    if (!token)
      throw bearerError(
        401,
        'invalid_token',
        'Missing bearer token',
        engineMessage(401, 'Missing bearer token'),
      );
    const claims = await verify(server, token);
    refuseEndedSession(server, claims);
    const scope = typeof claims['scope'] === 'string' ? claims['scope'] : '';
    if (!hasScope(scope, 'openid')) {
      throw bearerError(
        403,
        'insufficient_scope',
        'The scope openid is missing',
        engineMessage(403, 'openid scope is required'),
      );
    }
    const user = findUser(server.state, claims.sub ?? '');
    if (!user)
      throw bearerError(
        404,
        'invalid_token',
        'User not found',
        engineMessage(404, 'User not found'),
      );
    const sub = c.get('fault')?.effect.userinfoSub ?? user.sub;
    const requested = sessionOf(server, claims)?.requestedClaims;
    const about = scopeClaims(user, scope, server.issuerFor(c.req.url), requested);
    return c.json({ ...about, sub }, 200, { 'cache-control': 'no-store' });
  };
}

/** RFC 6750 section 2.2. A token in the query (section 2.3) is ignored: URLs end up in logs. */
function formToken(c: AppContext): string | undefined {
  return c.req.method === 'POST' ? c.get('facts').params['access_token'] : undefined;
}

async function verify(server: ServerContext, token: string): Promise<JWTPayload> {
  try {
    return await server.keys.verify(token, server.clock.now());
  } catch {
    throw bearerError(
      401,
      'invalid_token',
      'The access token is not valid or has expired',
      engineMessage(403, 'Invalid JWT signature'),
    );
  }
}

function refuseEndedSession(server: ServerContext, claims: JWTPayload): void {
  const session = sessionOf(server, claims);
  if (!session || (session.endedAt === null && isLive(server, session))) return;
  const text = 'Session has been revoked';
  throw bearerError(401, 'invalid_token', text, { status: 401, body: text });
}

function sessionOf(server: ServerContext, { sid }: JWTPayload): OpSession | undefined {
  return typeof sid === 'string' ? server.state.sessions.get(sid) : undefined;
}

/** RFC 6750 section 3. */
function bearerError(
  status: number,
  error: string,
  description: string,
  engine: RefusalError['engine'],
): RefusalError {
  return new RefusalError(status, error, description, engine, {
    'www-authenticate': `Bearer error="${error}", error_description="${description}"`,
  });
}
