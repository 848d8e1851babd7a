import type { AppContext, Endpoint, ServerContext } from '../context.js';
import { invalidRequest, unauthorizedClient, unsupportedGrantType } from '../errors.js';
import type { Client, GrantType } from '../clients.js';
import { authorizationCodeGrant } from './authorization-code-grant.js';
import { clientCredentialsGrant } from './client-credentials-grant.js';
import { authenticateClient } from './client-authentication.js';
import { refreshTokenGrant } from './refresh-token-grant.js';

/** Handles one grant for an authenticated client. */
export type GrantHandler = (
  server: ServerContext,
  c: AppContext,
  client: Client,
) => Promise<Response>;

const GRANTS: Readonly<Partial<Record<GrantType, GrantHandler>>> = {
  authorization_code: authorizationCodeGrant,
  refresh_token: refreshTokenGrant,
  client_credentials: clientCredentialsGrant,
};

/** `POST /oauth/token`: takes form or JSON bodies and HTTP Basic (RFC 6749 section 3.2). */
export function tokenEndpoint(server: ServerContext): Endpoint {
  return async (c) => {
    const facts = c.get('facts');
    if (facts.isMalformed) throw invalidRequest('The body must be a form or a JSON object.');
    if (facts.repeated.length > 0) {
      throw invalidRequest(`The parameter ${facts.repeated[0]} was sent more than once.`);
    }
    const grantType = facts.params['grant_type'];
    if (!grantType) throw invalidRequest('grant_type is missing.');
    if (!isKnownGrant(grantType)) throw unsupportedGrantType(grantType.slice(0, 100));
    const handler = GRANTS[grantType];
    if (!handler) throw unsupportedGrantType(grantType);
    const client = authenticateClient(server, c);
    if (!client.grantTypes.includes(grantType)) {
      throw unauthorizedClient(`The client is not registered for the grant ${grantType}.`);
    }
    return handler(server, c, client);
  };
}

function isKnownGrant(grantType: string): grantType is GrantType {
  return Object.hasOwn(GRANTS, grantType);
}
