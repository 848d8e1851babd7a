import { AuthError, isAuthError } from '../errors.js';
import { loadSignature } from '../on-demand/signature.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, type RefreshPorts } from '../tokens/refresh.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { isSameUser, type User } from '../user.js';
import { verifyIdToken, type IdTokenExpectation } from './id-token.js';
import { requestTokens, type TokenAnswer } from './token-endpoint.js';

/** What a token answer becomes in storage, counted from now on this device's clock. */
export function toTokenRecord(
  tokens: TokenAnswer,
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

/** Reads the user that a token answer is for, once its ID Token has been checked. */
export type ReadUser = (tokens: TokenAnswer, wanted: Partial<IdTokenExpectation>) => Promise<User>;

/**
 * Prepares to read the user of a token answer: every claim of its ID Token is checked, and its signature with
 * `verifySignature`. The issuer's keys are read now, since a code or refresh token is spent by the time of the answer.
 * @returns a function that throws AuthError `callback_rejected`
 * @throws AuthError `network` when the keys cannot be read; what loading the code throws
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
 * Trades the record's refresh token for new tokens. Without rotation the server may leave the old one out.
 * @throws AuthError `login_required` when there is no refresh token or the server refuses it;
 * `callback_rejected` when the answer is for another user; `network`, `timeout`, `authorization_failed`
 * @see RFC 6749 section 6, OpenID Connect Core 1.0 section 12.2
 */
export async function refreshTokenRecord(
  config: SessionConfig,
  record: TokenRecord,
): Promise<TokenRecord> {
  if (record.refreshToken === undefined) {
    if (Date.now() >= record.expiresAt) throw ended(undefined);
    throw new AuthError('authorization_failed', 'The server gave no refresh token. Log in again.');
  }
  const readUser = await prepareReadUser(config);
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

function ended(cause: AuthError | undefined): AuthError {
  return new AuthError('login_required', 'The session is over. Log in again.', {
    cause,
    oauthError: cause?.oauthError,
    oauthErrorDescription: cause?.oauthErrorDescription,
  });
}

/** How a driver's records are read, kept and renewed. */
export type RecordPorts = Pick<RefreshPorts<TokenRecord>, 'read' | 'write' | 'clear' | 'onSettled'>;

/** A server that asks for more is mistaken, or not the server. */
const MAX_HOLD_OFF_SECONDS = 300;

/** Renews records by their refresh tokens; see {@link createRefresh}. */
export function createTokenRefresh(
  config: SessionConfig,
  ports: RecordPorts,
): (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord> {
  return createRefresh({
    ...ports,
    lockName: config.key,
    request: heedRetryAfter((record) => refreshTokenRecord(config, record)),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
}

/** Asks nothing of a server before the time that it has named is over, however often it is called. */
export function heedRetryAfter<Grant>(
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
