import { createRemoteJWKSet, customFetch } from 'jose';
import type { FetchImplementation, JWTVerifyGetKey } from 'jose';

/** Sesamy serves its keys with `stale-if-error=86400`. */
const staleIfErrorMs = 86_400_000;

/**
 * The issuer's public keys: fetched with the first token, kept for ten minutes, fetched again for a key id that is not
 * among them, but at most every 30 seconds, so that a flood of made-up key ids costs the issuer nothing. While the
 * issuer cannot be reached the last good answer serves for a day.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5861#section-4
 */
export function createKeySet(url: URL, fetch: typeof globalThis.fetch): JWTVerifyGetKey {
  return createRemoteJWKSet(url, { [customFetch]: keepLastGood(fetch) });
}

function keepLastGood(fetch: typeof globalThis.fetch): FetchImplementation {
  let lastGood: { text: string; fetchedAt: number } | undefined;
  return async (url, options) => {
    try {
      const response = await fetch(url, options);
      const text = await response.text();
      if (response.status !== 200 || !isKeySet(text))
        throw new TypeError(`${url} answered without a key set`);
      lastGood = { text, fetchedAt: Date.now() };
    } catch (error) {
      if (!lastGood || Date.now() - lastGood.fetchedAt > staleIfErrorMs) throw error;
    }
    return new Response(lastGood.text);
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
