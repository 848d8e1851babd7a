import { abortable, sleep } from './abortable.js';
import type { LoadToken, TokenRecord } from './token.js';

/** The part of Keyv's interface that is used here; any store of this shape will do. */
export interface TokenCache {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown, ttlMs?: number): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

const leaseMs = 5_000;
const minSettleMs = 60;
const pollMs = 80;
const cacheTimeoutMs = 1_000;

/**
 * Lets many processes share one token. Keyv has no lock, so who fetches is settled by a lease: each candidate
 * writes its name, waits for the others' writes to settle, and the last name standing fetches while the rest wait for
 * the token to appear. A lost race costs one more token request and nothing else; so does a cache that fails.
 */
export function shareTokens(
  sharedCache: TokenCache,
  key: string,
  request: () => Promise<TokenRecord>,
): LoadToken {
  const leaseKey = `${key}:lease`;
  const name = crypto.randomUUID();
  const isAnother = (holder: unknown): boolean => typeof holder === 'string' && holder !== name;

  const takeLease = async (cache: TokenCache): Promise<boolean> => {
    const readAt = Date.now();
    if (isAnother(await cache.get(leaseKey))) return false;
    await cache.set(leaseKey, name, leaseMs);
    // A process that read at the same time has written by then, even with a slow cache.
    await sleep(Math.max(minSettleMs, 4 * (Date.now() - readAt)));
    return !isAnother(await cache.get(leaseKey));
  };

  const fetchForAll = async (cache: TokenCache, isWelcome: Judge): Promise<TokenRecord> => {
    try {
      // The previous holder may have finished between the read and the lease.
      const found = await readToken(cache, key, isWelcome);
      if (found) return found;
      const record = await request();
      await cache.set(key, record, Math.max(1, record.expiresAt - Date.now()));
      return record;
    } finally {
      await cache.delete(leaseKey);
    }
  };

  return async (isWelcome) => {
    const cache = forgiving(sharedCache);
    for (const giveUpAt = Date.now() + leaseMs; Date.now() < giveUpAt;) {
      const found = await readToken(cache, key, isWelcome);
      if (found) return found;
      if (await takeLease(cache)) break;
      await sleep(pollMs * (1 + Math.random()));
    }
    return fetchForAll(cache, isWelcome);
  };
}

/** The cache key of one application's token; it contains no secret. */
export function tokenKey(parts: readonly (string | undefined)[]): string {
  return `sesamy-token:${parts.map((part) => encodeURIComponent(part ?? '')).join(':')}`;
}

type Judge = (record: TokenRecord) => boolean;

async function readToken(
  cache: TokenCache,
  key: string,
  isWelcome: Judge,
): Promise<TokenRecord | undefined> {
  const found = await cache.get(key);
  return isTokenRecord(found) && isWelcome(found) ? found : undefined;
}

/**
 * The cache is optional: once it fails, or hangs while it reconnects, it counts as empty for the rest of the
 * load.
 */
function forgiving(cache: TokenCache): TokenCache {
  let isBroken = false;
  const attempt = async (operation: () => Promise<unknown>): Promise<unknown> => {
    if (isBroken) return undefined;
    try {
      return await abortable(operation(), AbortSignal.timeout(cacheTimeoutMs));
    } catch {
      isBroken = true;
      return undefined;
    }
  };
  return {
    get: (key) => attempt(() => cache.get(key)),
    set: (key, value, ttlMs) => attempt(() => cache.set(key, value, ttlMs)),
    delete: (key) => attempt(() => cache.delete(key)),
  };
}

function isTokenRecord(value: unknown): value is TokenRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'accessToken') === 'string' &&
    typeof Reflect.get(value, 'expiresAt') === 'number'
  );
}
