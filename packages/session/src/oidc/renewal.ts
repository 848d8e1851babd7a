import { isAuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { createRefresh, withLock, type RefreshPorts } from '../refresh.js';
import type { TokenRecord } from '../token-record.js';
import { revokeToken } from './token-endpoint.js';
import { refreshTokenRecord } from './token-grant.js';
import { openTransactions } from './transactions.js';

/** How a driver's records are read, kept and renewed. */
export type RecordPorts = Pick<RefreshPorts<TokenRecord>, 'read' | 'write' | 'clear' | 'onSettled'>;

/** A tab that hangs must not keep the user from logging out. */
const LOGOUT_LOCK_TIMEOUT_MS = 2_000;

/** Renews records by their refresh tokens; see {@link createRefresh}. */
export function createTokenRefresh(
  config: SessionConfig,
  ports: RecordPorts,
): (isUsable: (record: TokenRecord) => boolean) => Promise<TokenRecord> {
  return createRefresh({
    ...ports,
    lockName: config.key,
    request: (record) => refreshTokenRecord(config, record),
    isRefusal: (error) => isAuthError(error) && error.code === 'login_required',
  });
}

/** Forgets the tokens and the logins under way, after any refresh that another tab is at. */
export async function forgetSession(
  config: SessionConfig,
  { clear }: Pick<RecordPorts, 'clear'>,
): Promise<void> {
  await withLock(config.key, clear, LOGOUT_LOCK_TIMEOUT_MS).catch(clear);
  await openTransactions(config.key).clear();
}

export { revokeToken };
