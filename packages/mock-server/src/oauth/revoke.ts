import type { Endpoint, ServerContext } from '../context.js';
import { invalidRequest } from '../errors.js';
import { revokeFamily } from '../state.js';
import { authenticateClient } from './client-authentication.js';

/**
 * `POST /oauth/revoke` (RFC 7009): revoking a refresh token revokes its family. Unknown tokens,
 * access tokens and other clients' tokens are ignored with status 200.
 */
export function revokeEndpoint(server: ServerContext): Endpoint {
  return (c) => {
    const facts = c.get('facts');
    if (facts.isMalformed) throw invalidRequest('The body must be a form or a JSON object.');
    const client = authenticateClient(server, c);
    const value = facts.params['token'];
    if (!value) throw invalidRequest('token is missing.');
    const token = server.state.refreshTokens.get(value.split('.')[0] ?? '');
    const family = token?.token === value ? server.state.families.get(token.familyId) : undefined;
    if (family?.clientId === client.clientId) {
      revokeFamily(family, server.clock.now(), 'the client revoked it');
    }
    return c.body(null, 200, { 'cache-control': 'no-store' });
  };
}
