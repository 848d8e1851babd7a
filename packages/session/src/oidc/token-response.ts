import { loadSignature } from '../on-demand/signature.js';
import type { SessionConfig } from '../options.js';
import type { TokenRecord } from '../tokens/token-record.js';
import type { User } from '../user.js';
import { readAuthentication, verifyIdToken, type IdTokenExpectation } from './id-token.js';
import type { TokenResponse } from './token-endpoint.js';

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
    requestedAt: tokens.requestedAt,
    authentication: readAuthentication(tokens.idToken ?? '', tokens.serverTimeSeconds),
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
  const { issuer, clientId, verifySignature, fetch } = config;
  const checkSignature =
    verifySignature === true
      ? await (await loadSignature()).readIssuerKeys(issuer, fetch)
      : undefined;
  return async ({ idToken = '', serverTimeSeconds }, wanted) => {
    const user = verifyIdToken(idToken, { issuer, clientId, serverTimeSeconds, ...wanted });
    await checkSignature?.(idToken);
    return user;
  };
}
