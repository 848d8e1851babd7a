import type { Client } from '../clients.js';
import type { AppContext, ServerContext } from '../context.js';
import { invalidGrant, invalidRequest } from '../errors.js';
import { type RefreshToken, revokeFamily, type TokenFamily } from '../state.js';
import { addRefreshToken, tokenAnswer } from './tokens.js';

/**
 * Exchanges a refresh token (RFC 6749 section 6). A rotating client's token is spent by its first
 * use; inside the leeway it still mints a sibling, later the whole family is revoked
 * (RFC 9700 section 4.14.2).
 */
export async function refreshTokenGrant(
  server: ServerContext,
  c: AppContext,
  client: Client,
): Promise<Response> {
  const { params } = c.get('facts');
  if (!params['refresh_token']) throw invalidRequest('refresh_token is missing.');
  const { token, family } = findToken(server, params['refresh_token'], client);
  checkFamily(server, token, family);
  const user = server.state.users.get(family.userId);
  if (!user || user.isBlocked) throw invalidGrant('User is blocked');

  const next =
    client.refreshToken.rotation === 'rotating' ? spend(server, client, token, family) : token;
  const now = server.clock.now();
  if (next === token) token.uses.push({ at: now, outcome: 'accepted' });
  family.lastUsedAt = now;
  return tokenAnswer(server, c, {
    user,
    clientId: client.clientId,
    sessionId: family.sessionId,
    scope: family.scope,
    audience: family.audience,
    organization: family.organization,
    issuer: family.issuer,
    authenticatedAt: family.authenticatedAt,
    acr: family.acr ?? null,
    refreshToken: next.token,
  });
}

function findToken(
  server: ServerContext,
  value: string,
  client: Client,
): { token: RefreshToken; family: TokenFamily } {
  const token = server.state.refreshTokens.get(value.split('.')[0] ?? '');
  const family = token && server.state.families.get(token.familyId);
  if (!token || !family || token.token !== value) throw invalidGrant('Invalid refresh token');
  if (family.clientId !== client.clientId) throw invalidGrant('Invalid grant');
  return { token, family };
}

function checkFamily(server: ServerContext, token: RefreshToken, family: TokenFamily): void {
  const now = server.clock.now();
  const { refreshTokenIdleSeconds, refreshTokenAbsoluteSeconds } = server.options.lifetimes;
  if (family.revokedAt !== null) {
    token.uses.push({ at: now, outcome: 'refused' });
    throw invalidGrant(`Refresh token has been revoked${explain(server, family.revokedBecause)}`);
  }
  const isIdle = now >= family.lastUsedAt + refreshTokenIdleSeconds * 1000;
  if (isIdle || now >= family.createdAt + refreshTokenAbsoluteSeconds * 1000) {
    token.uses.push({ at: now, outcome: 'refused' });
    throw invalidGrant('Refresh token has expired');
  }
}

/** Marks a rotating token as used and returns its successor. */
function spend(
  server: ServerContext,
  client: Client,
  token: RefreshToken,
  family: TokenFamily,
): RefreshToken {
  const now = server.clock.now();
  const isReuse = token.spentAt !== null;
  if (token.spentAt !== null && now - token.spentAt >= client.refreshToken.leewaySeconds * 1000) {
    const ago = Math.round((now - token.spentAt) / 1000);
    const because =
      `this token was spent ${ago} s ago, perhaps by another browser context that shares the login; ` +
      'give each one its own login';
    token.uses.push({ at: now, outcome: 'refused' });
    revokeFamily(family, now, `reuse detected: ${because}`);
    throw invalidGrant(`Refresh token has been revoked${explain(server, because)}`);
  }
  token.spentAt ??= now;
  token.uses.push({ at: now, outcome: isReuse ? 'accepted in leeway' : 'accepted' });
  return addRefreshToken(server, family.id, token.id);
}

/** The engine gives no reasons; these help to debug a failing test. */
function explain(server: ServerContext, because: string | null): string {
  return server.options.fidelity === 'engine' || because === null ? '' : `: ${because}`;
}
