import { type Client, isConfidential, isSecretOf } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import { type EngineResponse, engineMessage, invalidClient, invalidRequest } from '../errors.js';
import { readBasic } from '../request-facts.js';
import { unknownClient } from './unknown-client.js';

/**
 * The client that sends a request to the token or revocation endpoint, authenticated by secret
 * (HTTP Basic or body) when it has one.
 * @throws RefusalError `invalid_client` or `invalid_request`
 * @see RFC 6749 section 2.3
 */
export function authenticateClient(server: ServerContext, c: AppContext): Client {
  const { endpoint, params } = c.get('facts');
  const basic = readBasic(c.req.raw);
  const usedBasic = basic !== null;
  const clientId = basic?.user ?? params['client_id'];
  const secret = basic?.password || params['client_secret'];
  if (!clientId) {
    const text = { status: 400, body: 'client_id is required' };
    throw invalidRequest('client_id is missing.', endpoint === 'token' ? text : undefined);
  }
  const client = server.state.clients.get(clientId);
  const refuse = (description: string, engine: EngineResponse): never => {
    const response = endpoint === 'token' ? engine : ENGINE_REVOKE;
    throw invalidClient(description, response, { usedBasic });
  };
  if (!client?.isActive) {
    const why = client ? 'The client is not active.' : unknownClient(server, clientId);
    return refuse(why, engineMessage(403, 'Client not found'));
  }
  if (secret && !isSecretOf(client, secret)) {
    return refuse('The client secret is wrong.', wrongSecret(params['grant_type']));
  }
  if (isConfidential(client) && !secret && !isProofEnough(server, params)) {
    return refuse('The client has a secret and must send it.', secretMissing(params['grant_type']));
  }
  return client;
}

const ENGINE_REVOKE: EngineResponse = {
  status: 401,
  body: { error: 'invalid_client', error_description: 'Client authentication failed' },
};

/** For a code the engine takes a verifier instead of the secret; RFC 6749 requires both. */
function isProofEnough(server: ServerContext, params: Readonly<Record<string, string>>): boolean {
  const isCode = params['grant_type'] === 'authorization_code';
  return server.options.fidelity === 'engine' && isCode && Boolean(params['code_verifier']);
}

function wrongSecret(grant: string | undefined): EngineResponse {
  if (grant !== 'refresh_token') return engineMessage(403, 'Invalid client credentials');
  const error_description = 'Client authentication failed';
  return { status: 403, body: { error: 'invalid_client', error_description } };
}

function secretMissing(grant: string | undefined): EngineResponse {
  const what =
    grant === 'authorization_code'
      ? 'client_secret or code_verifier is required'
      : 'client_secret is required';
  return engineMessage(401, what);
}
