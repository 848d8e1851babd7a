import { type Client, isConfidential, isSecretOf } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import { engineMessage, invalidClient, invalidRequest } from '../errors.js';
import { readBasic } from '../request-facts.js';

/**
 * The client that sends a request to the token or revocation endpoint, authenticated by secret
 * (HTTP Basic or body) when it has one.
 * @throws RefusalError `invalid_client` or `invalid_request`
 * @see RFC 6749 section 2.3
 */
export function authenticateClient(server: ServerContext, c: AppContext): Client {
  const { params } = c.get('facts');
  const basic = readBasic(c.req.raw);
  const usedBasic = basic !== null;
  const clientId = basic?.user ?? params['client_id'];
  const secret = basic?.password || params['client_secret'];
  if (!clientId) {
    throw invalidRequest('client_id is missing.', { status: 400, body: 'client_id is required' });
  }
  const client = server.state.clients.get(clientId);
  if (!client?.isActive) {
    const why = client ? 'is not active' : 'does not exist';
    throw invalidClient(`The client ${why}.`, engineMessage(403, 'Client not found'), {
      usedBasic,
    });
  }
  if (secret && !isSecretOf(client, secret)) {
    throw invalidClient(
      'The client secret is wrong.',
      engineMessage(403, 'Invalid client credentials'),
      { usedBasic },
    );
  }
  if (isConfidential(client) && !secret && !params['code_verifier']) {
    throw invalidClient(
      'The client has a secret and must send it.',
      secretMissing(params['grant_type']),
      { usedBasic },
    );
  }
  return client;
}

function secretMissing(grant: string | undefined): ReturnType<typeof engineMessage> {
  const what =
    grant === 'authorization_code'
      ? 'client_secret or code_verifier is required'
      : 'client_secret is required';
  return engineMessage(401, what);
}
