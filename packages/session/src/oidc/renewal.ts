import { AuthError, isAuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, type RefreshPorts } from '../tokens/refresh.js';
import type { Refresh } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { requestTokens, withRetryAfter } from './token-endpoint.js';
import { prepareReadUser, toTokenRecord } from './token-response.js';

/**
 * Exchanges the record's refresh token for new tokens. Without rotation the server may omit the old one.
 * @throws AuthError `login_required` when there is no refresh token or the server refuses it;
 * `callback_rejected` when the response is for another user; `network`, `timeout`, `authorization_failed`
 * @param onRejected called with the record, with the refresh token of a response whose ID Token is rejected
 * @see RFC 6749 section 6, OpenID Connect Core 1.0 section 12.2
 */
export async function refreshTokenRecord(
  config: SessionConfig,
  record: TokenRecord,
  onRejected: (rejected: TokenRecord) => void = () => {},
): Promise<TokenRecord> {
  if (record.refreshToken === undefined) {
    if (Date.now() >= record.expiresAt) throw sessionEnded(undefined);
    throw new AuthError('authorization_failed', 'The server sent no refresh token. Log in again.');
  }
  const readUser = await prepareReadUser(config);
  const tokens = await requestTokens(
    config.issuer,
    {
      grant_type: 'refresh_token',
      client_id: config.clientId,
      refresh_token: record.refreshToken,
    },
    config.fetch,
  ).catch((error: unknown) => {
    throw isRefusedGrant(error) ? sessionEnded(error) : error;
  });
  const { refreshToken = record.refreshToken } = tokens;
  const user =
    tokens.idToken === undefined
      ? record.user
      : await readUser(tokens, { subject: record.user.sub }).catch((error: unknown) => {
          onRejected({ ...record, refreshToken });
          throw error;
        });
  const renewed = toTokenRecord(tokens, user, record.requestedScope);
  return {
    ...renewed,
    scope: tokens.scope ?? record.scope,
    // A refresh authenticates no one, and its ID Token may leave this out.
    authentication: { ...renewed.authentication, ...record.authentication },
    refreshToken,
  };
}

function isRefusedGrant(error: unknown): error is AuthError {
  return isAuthError(error) && error.oauthError === 'invalid_grant';
}

function sessionEnded(cause: AuthError | undefined): AuthError {
  return new AuthError('login_required', 'The session has ended. Log in again.', {
    cause,
    oauthError: cause?.oauthError,
    oauthErrorDescription: cause?.oauthErrorDescription,
  });
}

/** How a driver's records are read, stored and revoked. */
export interface RecordPorts extends Pick<
  RefreshPorts<TokenRecord>,
  'onStart' | 'read' | 'write' | 'clear' | 'onSettled'
> {
  /** Revokes, in the background, the refresh token of a record that is not stored. */
  readonly revoke: (record: TokenRecord) => void;
}

/**
 * Creates a function that renews records with their refresh tokens; see {@link createRefresh}. A rejected ID Token does
 * not end the session, but the refresh token that came with it is revoked, and the server decides about the next renewal.
 */
export function createTokenRefresh(
  config: SessionConfig,
  { revoke, ...ports }: RecordPorts,
): Refresh {
  return createRefresh({
    ...ports,
    lockName: config.key,
    request: withRetryAfter((record) =>
      refreshTokenRecord(config, record, (rejected) => {
        // Without rotation, it is still the session's.
        if (rejected.refreshToken !== record.refreshToken) revoke(rejected);
      }),
    ),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
}
