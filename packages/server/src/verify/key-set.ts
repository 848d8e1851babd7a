import { createRemoteJWKSet, customFetch, errors } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';
import { AccessTokenError } from './errors.js';

/** Sesamy serves its keys with `stale-if-error=86400`. */
const staleIfErrorMs = 86_400_000;
/** Without any keys, every token would fetch them. */
const failureCooldownMs = 1_000;

/**
 * An issuer's public keys: fetched with the first token, kept for ten minutes, fetched again for a key id that is not
 * among them, but at most every 30 seconds, so that a flood of made-up key ids costs the issuer nothing. While the
 * issuer cannot be reached, the last good response is used for a day; without one it is tried once a second at most.
 *
 * The returned function throws AccessTokenError `keys_unavailable` when there are no keys.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5861#section-4
 */
export function createKeySet(url: URL, fetch: typeof globalThis.fetch): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(url, { [customFetch]: keepLastGood(fetch) });
  return async (header, token) => {
    let key: CryptoKey;
    try {
      key = await keySet(header, token);
    } catch (error) {
      throw concernsToken(error) ? error : keysUnavailable(url);
    }
    if (isTooShort(key)) throw keysUnavailable(url);
    return key;
  };
}

/** RFC 7518 section 3.3: jose rejects such a key only on verification, as if the token were invalid. */
function isTooShort({ algorithm }: CryptoKey): boolean {
  return 'modulusLength' in algorithm && Number(algorithm.modulusLength) < 2048;
}

/** Whether the token names a key that the set does not have; anything else is about the set. */
function concernsToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function keysUnavailable({ href }: URL): AccessTokenError {
  return new AccessTokenError(
    `No usable keys could be fetched from ${href}. Check the issuer option and that this server can reach it.`,
    { code: 'keys_unavailable' },
  );
}

function keepLastGood(fetch: typeof globalThis.fetch): FetchImplementation {
  let lastGood: { text: string; fetchedAt: number } | undefined;
  let failedAt = -Infinity;

  const stale = (): string | undefined =>
    lastGood && Date.now() - lastGood.fetchedAt <= staleIfErrorMs ? lastGood.text : undefined;
  const isCoolingDown = (): boolean =>
    stale() === undefined && Math.abs(Date.now() - failedAt) < failureCooldownMs;

  return async (url, options) => {
    if (isCoolingDown()) throw new TypeError(`${url} failed a moment ago`);
    try {
      const response = await fetch(url, options);
      const text = await response.text();
      if (response.status !== 200 || !isKeySet(text))
        throw new TypeError(`${url} responded without a key set`);
      lastGood = { text, fetchedAt: Date.now() };
      return new Response(text);
    } catch (error) {
      failedAt = Date.now();
      const text = stale();
      if (text === undefined) throw error;
      return new Response(text);
    }
  };
}

function isKeySet(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Array.isArray(Reflect.get(value, 'keys'));
  } catch {
    return false;
  }
}
