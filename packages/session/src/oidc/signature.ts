import { compactVerify, createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { timeoutSignal } from '../platform/deadline.js';
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

/** No answer within this time counts as none. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Checks an ID Token's signature. @throws AuthError `callback_rejected`, `network` */
export type CheckSignature = (idToken: string) => Promise<void>;

/**
 * Reads the keys that an issuer publishes. Where an ID Token names no key and several would do, it is idTokenRejected. The
 * browser's cache may hold keys from before a rotation, so they are read again past it when none of them fits.
 * @throws AuthError `network` when the keys cannot be had
 * @see OpenID Connect Core 1.0 section 3.1.3.7 and 10.1.1
 */
export async function readIssuerKeys(issuer: string): Promise<CheckSignature> {
  let keys = await fetchKeys(issuer, 'default');
  return async (idToken) => {
    if (await isSigned(idToken, keys)) return;
    keys = await fetchKeys(issuer, 'reload');
    if (await isSigned(idToken, keys)) return;
    throw idTokenRejected();
  };
}

async function fetchKeys(issuer: string, cache: RequestCache): Promise<JWTVerifyGetKey> {
  try {
    const response = await fetch(`${issuer}.well-known/jwks.json`, {
      cache,
      credentials: 'omit',
      redirect: 'error',
      signal: timeoutSignal(REQUEST_TIMEOUT_MS),
    });
    return createLocalJWKSet(await response.json());
  } catch (cause) {
    throw new AuthError('network', "The issuer's keys could not be read. Try again.", { cause });
  }
}

/** @returns false when no key fits @throws AuthError `callback_rejected` for what no key could make good */
async function isSigned(idToken: string, keys: JWTVerifyGetKey): Promise<boolean> {
  try {
    await compactVerify(idToken, keys, { algorithms: ALGORITHMS });
    return true;
  } catch (cause) {
    const isOtherKey =
      cause instanceof errors.JWKSNoMatchingKey ||
      cause instanceof errors.JWSSignatureVerificationFailed;
    if (isOtherKey) return false;
    throw idTokenRejected(cause);
  }
}

function idTokenRejected(cause?: unknown): AuthError {
  return new AuthError(
    'callback_rejected',
    'The ID Token was idTokenRejected: its signature is not by a key of the issuer. Log in again.',
    { cause },
  );
}
