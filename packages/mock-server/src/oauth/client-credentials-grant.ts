import type { JWTPayload } from 'jose';
import { type Client, isConfidential } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import { badTokenResponse } from '../control/bad-token-response.js';
import { accessDenied, engineMessage, invalidClient } from '../errors.js';
import { readBasic } from '../request-facts.js';

/**
 * Issues a token to an application (RFC 6749 section 4.4). Without `scope` it gets all
 * scopes it was granted, without `audience` the default one.
 */
export async function clientCredentialsGrant(
  server: ServerContext,
  c: AppContext,
  client: Client,
): Promise<Response> {
  requireSecret(c, client);
  const { params } = c.get('facts');
  const { lifetimes, fidelity } = server.options;
  const audience = params['audience'] || server.options.defaultAudience;
  const scope = isGrantedAudience(server, audience) ? grantedScope(client, params['scope']) : '';
  const body = {
    access_token: await server.keys.sign(claimsOf(server, c, { client, audience, scope })),
    token_type: 'Bearer',
    expires_in: lifetimes.managementTokenSeconds,
    ...(fidelity === 'documented' && scope !== '' && { scope }),
  };
  const fault = c.get('fault')?.effect.tokenAnswer;
  if (fault) return badTokenResponse(body, fault);
  return c.json(body, 200, { 'cache-control': 'no-store', pragma: 'no-cache' });
}

/** Client authentication accepts a code verifier in place of the secret; this grant requires the secret. */
function requireSecret(c: AppContext, client: Client): void {
  const basic = readBasic(c.req.raw);
  if (!isConfidential(client)) {
    throw invalidClient(
      'The client has no secret. Create an application of the type Management API.',
      engineMessage(401, 'Client authentication failed'),
    );
  }
  if (basic?.password || c.get('facts').params['client_secret']) return;
  throw invalidClient(
    'The client has a secret and must send it.',
    engineMessage(401, 'client_secret is required'),
    { usedBasic: basic !== null },
  );
}

/**
 * Whether the client may have scopes of an audience. The engine issues a token without scopes for an unknown
 * one.
 * @throws RefusalError `access_denied` for an unknown audience, in `documented` fidelity
 */
function isGrantedAudience(server: ServerContext, audience: string): boolean {
  const { audiences, defaultAudience, fidelity } = server.options;
  if (audiences.includes(audience)) return true;
  if (fidelity === 'engine') return false;
  const why = audience.endsWith('/api/v2/')
    ? `That is the audience of Auth0's own API, which its SDKs send by default. Use ${defaultAudience}.`
    : `Use ${defaultAudience}.`;
  throw accessDenied(`Service not found: ${audience.slice(0, 200)}. ${why}`);
}

function grantedScope(client: Client, requested: string | undefined): string {
  const wanted = (requested ?? '').split(' ').filter((scope) => scope !== '');
  const missing = wanted.filter((scope) => !client.scopes.includes(scope));
  if (missing.length > 0) {
    throw accessDenied(`Client is not authorized for scope(s): ${missing.join(' ').slice(0, 200)}`);
  }
  return (wanted.length > 0 ? wanted : client.scopes).join(' ');
}

function claimsOf(
  server: ServerContext,
  c: AppContext,
  grant: { client: Client; audience: string; scope: string },
): JWTPayload {
  const { vendorId, fidelity, lifetimes } = server.options;
  const iat = Math.floor(server.clock.now() / 1000);
  return {
    iss: server.issuerFor(c.req.url),
    sub: grant.client.clientId,
    aud: grant.audience,
    scope: grant.scope,
    tenant_id: vendorId,
    ...(fidelity === 'documented' && { azp: grant.client.clientId, vendor_id: vendorId }),
    iat,
    exp: iat + lifetimes.managementTokenSeconds,
  };
}
