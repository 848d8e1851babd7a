import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { loadOnce } from '../platform/load-once.js';
import { clearOldSessions } from '../migrate/clear-old-sessions.js';
import { hasOldSession } from '../migrate/has-old-session.js';
import { loadRenewal } from '../on-demand/renewal.js';
import { loadTakeOver } from '../on-demand/take-over.js';
import type { SessionConfig } from '../options.js';
import { clearPendingLogout } from '../storage/logout-marker.js';
import { writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { createTokenStore } from '../tokens/token-store.js';
import type { User } from '../user.js';
import { openTransactions } from '../login/transactions.js';
import { countLogouts } from './logouts.js';
import { describe } from './describe.js';
import { createOidcLogin } from './oidc-login.js';
import { createRecordPorts } from './record-ports.js';

/**
 * Creates the driver that keeps the session with a refresh token, which works on any domain. The tokens are in
 * IndexedDB, which all tabs read in order; localStorage has only the user's claims, for the first render.
 * @see RFC 9700 section 4.14, OAuth 2.0 for Browser-Based Apps section 6.3
 */
export function createRefreshTokenDriver(
  config: SessionConfig,
  events: DriverEvents,
  { records: { tokens: records, open }, ...share }: DriverShare,
): Driver {
  const store = createTokenStore(config, records, share.end);
  const logins = openTransactions(config.key, open);
  const logouts = countLogouts();

  function hold(record: TokenRecord | null): void {
    tokens.hold(record);
    if (record === null) writeSnapshot(config.key, null);
    else if (records.isLasting) writeSnapshot(config.key, record.user);
  }

  async function storeLogin(record: TokenRecord): Promise<void> {
    clearPendingLogout(config.key);
    clearOldSessions(config);
    const replaced = await store.read().catch(() => null);
    await store.put(record);
    if (replaced !== null) store.revoke(replaced);
  }

  const tokens = createTokenHolder(
    async (...wanted) => (await loadRefresh())(...wanted),
    ({ refreshToken }) => refreshToken !== undefined,
  );

  const loadRefresh = loadOnce(async () => {
    const ports = createRecordPorts({ store, logouts, events, tokens, hold });
    return (await loadRenewal()).createTokenRefresh(config, ports);
  });

  async function restore(): Promise<User | null> {
    const before = tokens.record;
    const isLoggedOut = logouts.watch();
    let stored = await store.read();
    if (stored !== null) clearOldSessions(config);
    else if (before === undefined && hasOldSession(config)) {
      const { takeOverSession } = await loadTakeOver();
      stored = await takeOverSession(config, { store, isLoggedOut });
    }
    if (isLoggedOut()) return restore();
    const record = store.asUsable(stored);
    hold(record);
    if (stored === null && before?.refreshToken) events.onEnded('logged-out-elsewhere');
    return record && record.user;
  }

  return {
    restore,
    ...createOidcLogin(config, {
      ...share,
      logins,
      logouts,
      store: storeLogin,
      remove: (record) => store.replace(record, undefined),
      hold,
    }),
    subject: () => tokens.record?.user.sub,
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    renew: tokens.renew,
    info: async () =>
      tokens.record === undefined ? null : describe('refresh-token', tokens.record),
    // Without a refresh token the session cannot be renewed ahead of expiry.
    refreshDueAt: () => (tokens.record?.refreshToken === undefined ? null : (tokens.dueAt ?? null)),
    authorize: tokens.authorize,
    recover: tokens.recover,
    signOutLocally(isElsewhere) {
      logouts.add();
      if (isElsewhere === true) void store.discard(tokens.record);
      hold(null);
    },
    expireAccessToken: tokens.expire,
    preload: loadRefresh,
  };
}
