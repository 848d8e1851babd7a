import { AuthError, isAuthError } from '../errors.js';
import { loadSignature } from '../on-demand/signature.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, type RefreshPorts } from '../tokens/refresh.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { isSameUser, type User } from '../user.js';
import { verifyIdToken, type IdTokenExpectation } from './id-token.js';
import { requestTokens, type TokenResponse } from './token-endpoint.js';

/** Creates the record of a token response, with instants on this device's clock. */
export function toTokenRecord(
  tokens: TokenResponse,
  user: User,
  requestedScope: string | undefined,
): TokenRecord {
  const issuedAt = Date.now();
  return {
    id: crypto.randomUUID(),
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    issuedAt,
    expiresAt: issuedAt + tokens.expiresInSeconds * 1000,
    scope: tokens.scope ?? requestedScope,
    requestedScope,
    user,
  };
}

/** Verifies the ID Token of a token response and resolves to its user. */
export type ReadUser = (
  tokens: TokenResponse,
  wanted: Partial<IdTokenExpectation>,
) => Promise<User>;

/**
 * Prepares to read the user of a token response: verifies every claim of its ID Token and, with `verifySignature`, its
 * signature. The issuer's keys are fetched in advance, since the code or refresh token is used up by the response.
 * @returns a function that throws AuthError `callback_rejected`
 * @throws AuthError `network` when the keys cannot be fetched; what loading the code throws
 */
export async function prepareReadUser(config: SessionConfig): Promise<ReadUser> {
  const { issuer, clientId, verifySignature } = config;
  const checkSignature =
    verifySignature === true ? await (await loadSignature()).readIssuerKeys(issuer) : undefined;
  return async ({ idToken = '', serverTimeSeconds }, wanted) => {
    const user = verifyIdToken(idToken, { issuer, clientId, serverTimeSeconds, ...wanted });
    await checkSignature?.(idToken);
    return user;
  };
}

/**
 * Exchanges the record's refresh token for new tokens. Without rotation the server may omit the old one.
 * @throws AuthError `login_required` when there is no refresh token or the server refuses it;
 * `callback_rejected` when the response is for another user; `network`, `timeout`, `authorization_failed`
 * @see RFC 6749 section 6, OpenID Connect Core 1.0 section 12.2
 */
export async function refreshTokenRecord(
  config: SessionConfig,
  record: TokenRecord,
): Promise<TokenRecord> {
  if (record.refreshToken === undefined) {
    if (Date.now() >= record.expiresAt) throw sessionEnded(undefined);
    throw new AuthError('authorization_failed', 'The server sent no refresh token. Log in again.');
  }
  const readUser = await prepareReadUser(config);
  const tokens = await requestTokens(config.issuer, {
    grant_type: 'refresh_token',
    client_id: config.clientId,
    refresh_token: record.refreshToken,
  }).catch((error: unknown) => {
    throw isRefusedGrant(error) ? sessionEnded(error) : error;
  });
  const user =
    tokens.idToken === undefined
      ? record.user
      : await readUser(tokens, { subject: record.user.sub });
  return {
    ...toTokenRecord(
      tokens,
      isSameUser(user, record.user) ? record.user : user,
      record.requestedScope,
    ),
    scope: tokens.scope ?? record.scope,
    refreshToken: tokens.refreshToken ?? record.refreshToken,
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

/** How a driver's records are read and stored. */
export type RecordPorts = Pick<RefreshPorts<TokenRecord>, 'read' | 'write' | 'clear' | 'onSettled'>;

/** The longest `Retry-After` that is respected. */
const MAX_HOLD_OFF_SECONDS = 300;

/** Creates a function that renews records with their refresh tokens; see {@link createRefresh}. */
export function createTokenRefresh(
  config: SessionConfig,
  ports: RecordPorts,
): (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord> {
  return createRefresh({
    ...ports,
    lockName: config.key,
    request: withRetryAfter((record) => refreshTokenRecord(config, record)),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
}

/** Wraps a request so that it respects the server's `Retry-After`: until then it rejects with the last error. */
export function withRetryAfter<Grant>(
  request: (grant: Grant) => Promise<Grant>,
): (grant: Grant) => Promise<Grant> {
  let heldOffUntil = 0;
  let reason: unknown;
  return async (grant) => {
    if (performance.now() < heldOffUntil) throw reason;
    try {
      return await request(grant);
    } catch (error) {
      const seconds = isAuthError(error) ? (error.retryAfterSeconds ?? 0) : 0;
      heldOffUntil = performance.now() + Math.min(seconds, MAX_HOLD_OFF_SECONDS) * 1000;
      reason = error;
      throw error;
    }
  };
}
