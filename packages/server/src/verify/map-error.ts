import { errors } from 'jose';
import { invalidToken, isAccessTokenError } from './errors.js';
import type { AccessTokenError } from './errors.js';

/**
 * Maps an error of jose to an AccessTokenError. The original is not kept as `cause`: it may carry the token's claims.
 * Failures to get a key are AccessTokenErrors already; all others are about the token.
 */
export function toAccessTokenError(error: unknown): AccessTokenError {
  if (isAccessTokenError(error)) return error;
  if (error instanceof errors.JWTExpired) return invalidToken('expired', 'The token has expired.');
  if (error instanceof errors.JWTClaimValidationFailed) return claimError(error.claim);
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return invalidToken('signature', 'The signature of the token does not verify.');
  }
  if (error instanceof errors.JOSEAlgNotAllowed || error instanceof errors.JOSENotSupported) {
    return invalidToken('algorithm', 'The token is signed with an algorithm that is not accepted.');
  }
  if (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  ) {
    return invalidToken(
      'unknown_key',
      'The token is signed with a key that is not one of its issuer.',
    );
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) {
    return invalidToken('malformed', 'The token is not a signed JWT.');
  }
  return invalidToken('signature', 'The signature of the token could not be verified.');
}

function claimError(claim: string): AccessTokenError {
  if (claim === 'iss') return invalidToken('issuer', 'The token comes from another issuer.');
  if (claim === 'aud') return invalidToken('audience', 'The token is issued for another API.');
  if (claim === 'nbf') return invalidToken('not_yet_valid', 'The token is not valid yet.');
  return invalidToken('claims', 'A claim of the token is missing or malformed.');
}
