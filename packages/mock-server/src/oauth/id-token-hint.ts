import type { JWTPayload } from 'jose';
import type { AppContext, ServerContext } from '../context.js';
import { invalidRequest } from '../errors.js';

/** The subject and client of an ID token hint. */
export interface IdTokenHint {
  readonly clientId: string | undefined;
  readonly sessionId: string | undefined;
}

/**
 * Verifies an `id_token_hint`: signed by this server and issued under the host it is sent to. One that has expired is
 * good, as it only identifies the session; the engine rejects it.
 * @throws RefusalError `invalid_request`
 * @see OIDC RP-Initiated Logout 1.0 section 2
 */
export async function verifyIdTokenHint(
  server: ServerContext,
  c: AppContext,
  token: string,
): Promise<IdTokenHint> {
  const claims = await verify(server, token);
  const clientId = [claims?.aud].flat()[0];
  if (claims?.iss !== server.issuerFor(c.req.url) || !isOfClient(server, clientId)) {
    throw invalidRequest('The id_token_hint is not an ID token of this server.', {
      status: 400,
      body: 'Invalid id_token_hint',
    });
  }
  const { sid } = claims;
  return { clientId, sessionId: typeof sid === 'string' ? sid : undefined };
}

/** The audience of an ID token is a client, that of an access token an API; the engine takes either. */
function isOfClient(server: ServerContext, audience: string | undefined): boolean {
  if (server.options.fidelity === 'engine') return true;
  return audience !== undefined && server.state.clients.has(audience);
}

async function verify(server: ServerContext, token: string): Promise<JWTPayload | null> {
  const ignoreExpiry = server.options.fidelity === 'documented';
  try {
    return await server.keys.verify(token, server.clock.now(), { ignoreExpiry });
  } catch {
    return null;
  }
}
