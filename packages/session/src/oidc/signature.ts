import { compactVerify, createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { AuthError } from '../errors.js';

/** Asymmetric algorithms only: `none` and shared secrets are not accepted. */
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

/** Requests time out after this. */
const REQUEST_TIMEOUT_MS = 10_000;

/** Verifies an ID Token's signature. @throws AuthError `callback_rejected`, `network` */
export type CheckSignature = (idToken: string) => Promise<void>;

/**
 * Fetches the issuer's keys. An ID Token without a key id is rejected if several keys match. The browser's cache may
 * hold keys from before a rotation, so they are fetched again without it if none matches.
 * @throws AuthError `network` when the keys cannot be fetched
 * @see OpenID Connect Core 1.0 section 3.1.3.7 and 10.1.1
 */
export async function readIssuerKeys(
  issuer: string,
  send: typeof fetch = fetch,
): Promise<CheckSignature> {
  let keys = await fetchKeys(issuer, 'default', send);
  return async (idToken) => {
    if (await isSigned(idToken, keys)) return;
    keys = await fetchKeys(issuer, 'reload', send);
    if (await isSigned(idToken, keys)) return;
    throw signatureRejected();
  };
}

async function fetchKeys(
  issuer: string,
  cache: RequestCache,
  send: typeof fetch,
): Promise<JWTVerifyGetKey> {
  try {
    const response = await send(`${issuer}.well-known/jwks.json`, {
      cache,
      credentials: 'omit',
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    return createLocalJWKSet(await response.json());
  } catch (cause) {
    throw new AuthError('network', "The issuer's keys could not be read. Try again.", { cause });
  }
}

/** @returns `false` when no key matches @throws AuthError `callback_rejected` for a token that no key can verify */
async function isSigned(idToken: string, keys: JWTVerifyGetKey): Promise<boolean> {
  try {
    await compactVerify(idToken, keys, { algorithms: ALGORITHMS });
    return true;
  } catch (cause) {
    const isOtherKey =
      cause instanceof errors.JWKSNoMatchingKey ||
      cause instanceof errors.JWSSignatureVerificationFailed;
    if (isOtherKey) return false;
    throw signatureRejected(cause);
  }
}

function signatureRejected(cause?: unknown): AuthError {
  return new AuthError(
    'callback_rejected',
    'The ID Token was rejected: its signature is not by a key of the issuer. Log in again.',
    { cause },
  );
}
