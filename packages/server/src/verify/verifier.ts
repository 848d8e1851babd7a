import { decodeJwt, jwtVerify } from 'jose';
import type { JWTHeaderParameters, JWTVerifyGetKey, JWTVerifyResult } from 'jose';
import { readAccessToken } from './access-token.js';
import type { AccessToken } from './access-token.js';
import { AccessTokenError, invalidToken } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';
import { createKeySet } from './key-set.js';
import { toAccessTokenError } from './map-error.js';
import { checkRequirements, misconfigured, resolveOptions } from './options.js';
import type { AccessTokenVerifierOptions, VerifierConfig } from './options.js';
import { requireOf } from './requirements.js';

/** Checks access tokens. */
export interface AccessTokenVerifier {
  /**
   * Checks signature, issuer, audience, times and publisher, then what the route requires: a reader's token, unless
   * `requirements` say otherwise.
   *
   * @throws AccessTokenError with a `code`, and for `invalid_token` a `reason`.
   * @see https://www.rfc-editor.org/rfc/rfc9068#section-4
   */
  verify(token: string, requirements?: AccessTokenRequirements): Promise<AccessToken>;
}

const maxTokenLength = 16_384;
const acceptedTypes = new Set(['jwt', 'at+jwt', 'application/at+jwt']);

/**
 * Creates a verifier. Create one and reuse it: it caches the issuers' keys. Nothing is fetched before the first token.
 *
 * @throws AccessTokenError `invalid_configuration` for options that are unknown, malformed, present but undefined, or
 * that do not say which publisher's readers are accepted.
 */
export function createAccessTokenVerifier(
  options: AccessTokenVerifierOptions,
): AccessTokenVerifier {
  const config = resolveOptions(options);
  const keySets = new Map(
    [...config.jwksUrls].map(([issuer, url]) => [issuer, createKeySet(url, config.fetch)]),
  );

  return {
    async verify(token, requirements = {}) {
      checkRequirements(requirements);
      const now = timeOf(config);
      const { payload, protectedHeader } = await verifySignature(token, keySets, config, now);
      rejectOtherTypes(protectedHeader);
      const accessToken = readAccessToken(payload);
      rejectForeign(accessToken, config.publisherId, now + config.leewaySeconds * 1000);
      requireOf(accessToken, requirements, now - config.leewaySeconds * 1000);
      return accessToken;
    },
  };
}

async function verifySignature(
  token: unknown,
  keySets: ReadonlyMap<string, JWTVerifyGetKey>,
  { audience, algorithms, leewaySeconds }: VerifierConfig,
  now: number,
): Promise<JWTVerifyResult> {
  if (typeof token !== 'string') {
    throw new AccessTokenError('No token was given to verify: it must be a string.', {
      code: 'missing_token',
    });
  }
  if (token.length > maxTokenLength) {
    throw invalidToken('too_long', 'The token is longer than any real one.');
  }
  try {
    // Only chooses the keys; nothing else of the payload is read before the signature is verified.
    const issuer = decodeJwt(token).iss;
    const keySet = issuer === undefined ? undefined : keySets.get(issuer);
    if (issuer === undefined || keySet === undefined) {
      throw invalidToken('issuer', 'The token comes from another issuer.');
    }
    return await jwtVerify(token, keySet, {
      issuer,
      audience,
      algorithms,
      clockTolerance: leewaySeconds,
      currentDate: new Date(now),
    });
  } catch (error) {
    throw toAccessTokenError(error);
  }
}

/** Comparisons with NaN are false: a broken clock would accept expired tokens. */
function timeOf({ now }: VerifierConfig): number {
  const time = now();
  if (Number.isFinite(time)) return time;
  throw misconfigured('The option "now" must return the time in epoch milliseconds.');
}

function rejectOtherTypes({ typ }: JWTHeaderParameters): void {
  if (typ === undefined || acceptedTypes.has(typ.toLowerCase())) return;
  throw invalidToken('type', 'The token is of another type than an access token.');
}

function rejectForeign(
  accessToken: AccessToken,
  publisherId: string | undefined,
  latestIssue: number,
): void {
  if (publisherId !== undefined && accessToken.publisherId !== publisherId) {
    throw invalidToken('publisher', 'The token belongs to another publisher.');
  }
  if (accessToken.issuedAt !== undefined && accessToken.issuedAt > latestIssue) {
    throw invalidToken(
      'not_yet_valid',
      'The token was issued in the future. Check the clock of this server.',
    );
  }
  // RFC 9449 section 7.2: a token bound to a key must not be accepted as a bearer token.
  if (accessToken.claims['cnf'] !== undefined) {
    throw invalidToken(
      'proof_required',
      'The token is bound to a key and no proof of it can be checked here.',
    );
  }
}
