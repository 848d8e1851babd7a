import { AuthError, isAuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, withLock, type RefreshPorts } from '../refresh.js';
import type { OpenRecords } from '../storage/records.js';
import type { TokenRecord } from '../token-record.js';
import { revokeToken } from './token-endpoint.js';
import { refreshTokenRecord } from './token-grant.js';
import { openTransactions } from './transactions.js';

/** How a driver's records are read, kept and renewed. */
export type RecordPorts = Pick<RefreshPorts<TokenRecord>, 'read' | 'write' | 'clear' | 'onSettled'>;

/** A tab that hangs must not keep the user from logging out. */
const LOGOUT_LOCK_TIMEOUT_MS = 2_000;

/** A server that asks for more is mistaken, or not the server. */
const MAX_HOLD_OFF_SECONDS = 300;

/** Renews records by their refresh tokens; see {@link createRefresh}. */
export function createTokenRefresh(
  config: SessionConfig,
  ports: RecordPorts,
): (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord> {
  return createRefresh({
    ...ports,
    lockName: config.key,
    request: heedRetryAfter((record) => refreshTokenRecord(config, record)),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
}

/** Asks nothing of a server before the time that it has named is over, however often it is called. */
function heedRetryAfter(
  request: (record: TokenRecord) => Promise<TokenRecord>,
): (record: TokenRecord) => Promise<TokenRecord> {
  let heldOffUntil = 0;
  return async (record) => {
    const waitMs = heldOffUntil - performance.now();
    if (waitMs > 0) {
      throw new AuthError(
        'network',
        'The authorization server asked to be left alone for a while.',
        {
          retryAfterSeconds: Math.ceil(waitMs / 1000),
        },
      );
    }
    try {
      return await request(record);
    } catch (error) {
      const seconds = isAuthError(error) ? (error.retryAfterSeconds ?? 0) : 0;
      heldOffUntil = performance.now() + Math.min(seconds, MAX_HOLD_OFF_SECONDS) * 1000;
      throw error;
    }
  };
}

/** Forgets the tokens and the logins under way, after any refresh that another tab is at. */
export async function forgetSession(
  { key }: SessionConfig,
  openRecords: OpenRecords,
  clear: () => Promise<void>,
): Promise<void> {
  await withLock(key, clear, LOGOUT_LOCK_TIMEOUT_MS).catch(clear);
  await openTransactions(key, openRecords).clear();
}

export { revokeToken };
