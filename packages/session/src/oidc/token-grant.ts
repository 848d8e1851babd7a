import type { SessionConfig } from '../options.js';
import { AuthError, isAuthError } from '../errors.js';
import type { TokenRecord } from '../token-record.js';
import { isSameUser, type User } from '../user.js';
import { verifyIdToken } from './id-token.js';
import { requestTokens, type TokenAnswer } from './token-endpoint.js';

/** What a token answer becomes in storage, counted from now on this device's clock. */
export function toTokenRecord(tokens: TokenAnswer, user: User): TokenRecord {
  const issuedAt = Date.now();
  return {
    id: crypto.randomUUID(),
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    issuedAt,
    expiresAt: issuedAt + tokens.expiresInSeconds * 1000,
    user,
  };
}

/**
 * Trades the record's refresh token for new tokens. Without rotation the server may leave the old one out.
 * @throws AuthError `login_required` when there is no refresh token or the server refuses it;
 * `callback_rejected` when the answer is for another user; `network`, `timeout`, `authorization_failed`
 * @see RFC 6749 section 6, OpenID Connect Core 1.0 section 12.2
 */
export async function refreshTokenRecord(
  config: SessionConfig,
  record: TokenRecord,
): Promise<TokenRecord> {
  if (record.refreshToken === undefined) throw ended(undefined);
  const tokens = await requestTokens(config.issuer, {
    grant_type: 'refresh_token',
    client_id: config.clientId,
    refresh_token: record.refreshToken,
  }).catch((error: unknown) => {
    throw isRefusedGrant(error) ? ended(error) : error;
  });
  const user =
    tokens.idToken === undefined
      ? record.user
      : verifyIdToken(tokens.idToken, {
          issuer: config.issuer,
          clientId: config.clientId,
          subject: record.user.sub,
          serverTimeSeconds: tokens.serverTimeSeconds,
        });
  return {
    ...toTokenRecord(tokens, isSameUser(user, record.user) ? record.user : user),
    refreshToken: tokens.refreshToken ?? record.refreshToken,
  };
}

function isRefusedGrant(error: unknown): error is AuthError {
  return isAuthError(error) && error.oauthError === 'invalid_grant';
}

function ended(cause: AuthError | undefined): AuthError {
  return new AuthError('login_required', 'The session is over. Log in again.', {
    cause,
    oauthError: cause?.oauthError,
    oauthErrorDescription: cause?.oauthErrorDescription,
  });
}
