import { compactVerify, createRemoteJWKSet, errors } from 'jose';
import { AuthError } from '../errors.js';

/** Public keys only: a shared secret or no signature at all proves nothing. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * Checks an ID Token's signature against the keys that its issuer publishes. Where it names no key and several
 * would do, it is refused.
 * @throws AuthError `callback_rejected` when the signature is not the issuer's; `network` when the keys cannot be had
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export async function checkSignature(idToken: string, issuer: string): Promise<void> {
  const keys = createRemoteJWKSet(new URL('.well-known/jwks.json', issuer));
  try {
    await compactVerify(idToken, keys, { algorithms: ALGORITHMS });
  } catch (cause) {
    throw isRefusal(cause)
      ? new AuthError(
          'callback_rejected',
          'The ID Token was refused: its signature is not by a key of the issuer. Log in again.',
          { cause },
        )
      : new AuthError('network', "The issuer's keys could not be read. Try again.", { cause });
  }
}

/** The token's fault, not that of the way to the keys. */
function isRefusal(cause: unknown): boolean {
  return (
    cause instanceof errors.JWSSignatureVerificationFailed ||
    cause instanceof errors.JWSInvalid ||
    cause instanceof errors.JWKSNoMatchingKey ||
    cause instanceof errors.JWKSMultipleMatchingKeys ||
    cause instanceof errors.JOSEAlgNotAllowed ||
    cause instanceof errors.JOSENotSupported
  );
}
