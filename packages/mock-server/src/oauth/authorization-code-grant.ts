import { type Client, isConfidential } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import {
  accessDenied,
  engineMessage,
  invalidClient,
  invalidGrant,
  invalidRequest,
} from '../errors.js';
import { type AuthorizationCode, endSession, revokeFamily } from '../state.js';
import { isVerified } from './pkce.js';
import { hasScope, startFamily, tokenAnswer } from './tokens.js';

/** Exchanges an authorization code for tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
export async function authorizationCodeGrant(
  server: ServerContext,
  c: AppContext,
  client: Client,
): Promise<Response> {
  const { params } = c.get('facts');
  if (!params['code']) throw invalidRequest('code is missing.');
  const code = server.state.codes.get(params['code']);
  if (!code) {
    throw invalidGrant(
      'Invalid authorization code',
      engineMessage(403, 'Invalid client credentials'),
    );
  }
  if (code.request.clientId !== client.clientId) throw invalidGrant('Invalid authorization code');
  refuseReplay(server, code);
  if (server.clock.now() >= code.issuedAt + server.options.lifetimes.codeSeconds * 1000) {
    throw invalidGrant('The authorization code has expired', engineMessage(403, 'Code expired'));
  }
  if (params['redirect_uri'] !== code.request.redirectUri) {
    throw invalidGrant(
      'redirect_uri differs from the one of the authorization request',
      engineMessage(403, 'Invalid redirect uri'),
    );
  }
  await checkProof(code, client, params['code_verifier']);
  // Checked again: another exchange of the same code may have come in while the proof was hashed.
  refuseReplay(server, code);
  return redeem(server, c, client, code);
}

async function checkProof(
  code: AuthorizationCode,
  client: Client,
  verifier: string | undefined,
): Promise<void> {
  const { codeChallenge, codeChallengeMethod } = code.request;
  if (!verifier) {
    if (isConfidential(client) && codeChallenge === null) return;
    const missing = 'client_secret or code_verifier is required';
    throw codeChallenge === null
      ? invalidClient(missing, engineMessage(401, missing))
      : invalidGrant('code_verifier is missing', engineMessage(401, missing));
  }
  if (codeChallenge !== null && (await isVerified(verifier, codeChallenge, codeChallengeMethod)))
    return;
  throw invalidGrant('Wrong code_verifier', engineMessage(403, 'Invalid client credentials'));
}

/** A code used twice may have been stolen: revokes all tokens issued for it (RFC 6749 section 4.1.2). */
function refuseReplay(server: ServerContext, code: AuthorizationCode): void {
  if (code.usedAt === null) return;
  const now = server.clock.now();
  const because = 'its authorization code was used twice';
  const session = server.state.sessions.get(code.sessionId);
  if (session) endSession(session, now, because);
  for (const family of server.state.families.values()) {
    if (family.sessionId === code.sessionId) revokeFamily(family, now, because);
  }
  throw invalidGrant('Invalid authorization code');
}

function redeem(
  server: ServerContext,
  c: AppContext,
  client: Client,
  code: AuthorizationCode,
): Promise<Response> {
  const { request } = code;
  const user = server.state.users.get(code.userId);
  if (!user) throw invalidGrant('Invalid authorization code');
  if (user.isBlocked) throw accessDenied('User is blocked');
  code.usedAt = server.clock.now();
  const session = server.state.sessions.get(code.sessionId);
  if (session && !session.clientIds.includes(client.clientId))
    session.clientIds.push(client.clientId);
  const common = {
    clientId: client.clientId,
    sessionId: code.sessionId,
    scope: request.scope,
    audience: request.audience,
    organization: request.organization,
    issuer: request.issuer,
    authenticatedAt: code.authenticatedAt,
    acr: request.acrValues?.split(' ')[0] ?? null,
  };
  const getsRefreshToken =
    client.grantTypes.includes('refresh_token') &&
    (hasScope(request.scope, 'offline_access') || !server.options.requiresOfflineAccess);
  const refreshToken = getsRefreshToken
    ? startFamily(server, { ...common, userId: user.id }).token
    : null;
  return tokenAnswer(server, c, {
    ...common,
    user,
    nonce: request.nonce,
    requestedClaims: request.requestedClaims.idToken,
    refreshToken,
  });
}
