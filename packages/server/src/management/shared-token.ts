import { abortable, sleep } from './abortable.js';
import type { TokenOrigin, TokenRecord } from './token.js';

/** The part of Keyv's interface that is used here; any store of this shape will do. */
export interface TokenCache {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

const leaseMs = 15_000;
const settleMs = 40;
const pollMs = 80;
const cacheTimeoutMs = 1_000;

/**
 * Lets many processes live on one token. Keyv has no lock, so who fetches is settled by a lease: each candidate
 * writes its name, waits for the others' writes to settle, and the last name standing fetches while the rest wait for
 * the token to appear. A lost race costs one more token request and nothing else; so does a cache that fails.
 */
export function shareTokens(
  cache: TokenCache,
  key: string,
  request: () => Promise<TokenRecord>,
): TokenOrigin {
  const leaseKey = `${key}:lease`;
  const name = crypto.randomUUID();

  const read = async (
    isWelcome: (record: TokenRecord) => boolean,
  ): Promise<TokenRecord | undefined> => {
    const found = await attempt(cache.get(key));
    return isTokenRecord(found) && isWelcome(found) ? found : undefined;
  };

  const takeLease = async (): Promise<boolean> => {
    if ((await attempt(cache.get(leaseKey))) !== undefined) return false;
    await attempt(cache.set(leaseKey, name, leaseMs));
    await sleep(settleMs);
    const holder = await attempt(cache.get(leaseKey));
    return holder === name || holder === undefined;
  };

  const fetchForAll = async (isWelcome: (record: TokenRecord) => boolean): Promise<TokenRecord> => {
    try {
      // The holder before us may have finished between our look and our lease.
      const found = await read(isWelcome);
      if (found) return found;
      const record = await request();
      await attempt(cache.set(key, record, Math.max(1, record.expiresAt - Date.now())));
      return record;
    } finally {
      await attempt(cache.delete(leaseKey));
    }
  };

  return {
    async load(isWelcome) {
      const giveUpAt = Date.now() + leaseMs;
      while (Date.now() < giveUpAt) {
        const found = await read(isWelcome);
        if (found) return found;
        if (await takeLease()) return fetchForAll(isWelcome);
        await sleep(pollMs * (1 + Math.random()));
      }
      return fetchForAll(isWelcome);
    },
    async drop(accessToken) {
      const found = await attempt(cache.get(key));
      if (isTokenRecord(found) && found.accessToken === accessToken)
        await attempt(cache.delete(key));
    },
  };
}

/** The cache key of one application's token; it names no secret. */
export function tokenKey(parts: readonly (string | undefined)[]): string {
  return `sesamy-token:${parts.map((part) => encodeURIComponent(part ?? '')).join(':')}`;
}

/** A cache is a help, never a need: one that is broken, or hangs while it reconnects, counts as empty. */
async function attempt(operation: Promise<unknown>): Promise<unknown> {
  try {
    return (await abortable(operation, AbortSignal.timeout(cacheTimeoutMs))) ?? undefined;
  } catch {
    return undefined;
  }
}

function isTokenRecord(value: unknown): value is TokenRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'accessToken') === 'string' &&
    typeof Reflect.get(value, 'expiresAt') === 'number'
  );
}
