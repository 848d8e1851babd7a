import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import type { RecordPorts } from '../oidc/renewal.js';
import { loadOnce } from '../platform/load-once.js';
import { loadRenewal } from '../on-demand/renewal.js';
import type { SessionConfig } from '../options.js';
import type { EndReason } from '../state.js';
import { clearPendingLogout } from '../storage/pending-logout.js';
import { writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { createTokenStore } from '../tokens/token-store.js';
import type { User } from '../user.js';
import { openTransactions } from '../login/transactions.js';
import { countLogouts } from './logouts.js';
import { describe } from './describe.js';
import { createOidcLogin } from './oidc-login.js';

/**
 * Creates the driver that keeps the session with a refresh token, which works on any domain. The tokens are in
 * IndexedDB, which all tabs read in order; localStorage has only the user's claims, for the first render.
 * @see RFC 9700 section 4.14, OAuth 2.0 for Browser-Based Apps section 6.3
 */
export function createRefreshTokenDriver(
  config: SessionConfig,
  events: DriverEvents,
  { records: { tokens: records, open }, end, loadProtocol }: DriverShare,
): Driver {
  const store = createTokenStore(config, records, end);
  const logins = openTransactions(config.key, open);
  const logouts = countLogouts();
  let isLoggedOutInFlight = (): boolean => false;

  function hold(record: TokenRecord | null): void {
    tokens.hold(record);
    if (record === null) writeSnapshot(config.key, null);
    else if (records.isLasting) writeSnapshot(config.key, record.user);
  }

  async function write(record: TokenRecord): Promise<void> {
    clearPendingLogout(config.key);
    const replaced = await store.read().catch(() => null);
    await store.put(record);
    hold(record);
    if (replaced !== null) store.revoke(replaced);
  }

  const ports: RecordPorts = {
    onStart() {
      isLoggedOutInFlight = logouts.watch();
    },
    read: async () => store.asUsable(await store.read()),
    async write(record, spent) {
      const isKept = await store.replace(spent, record).catch(async () => {
        if (isLoggedOutInFlight()) return false;
        // The used token must not be read again.
        await store.put(record);
        return true;
      });
      // After a logout, no other tab has the new token.
      if (!isKept && (await store.isForgotten())) store.revoke(record);
      return isKept;
    },
    clear: async (record) => void (await store.replace(record, undefined)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        // A flight that ends after a logout must not restore the session.
        if (isLoggedOutInFlight()) throw new AuthError('login_required', 'Logged out.');
        hold(outcome.grant);
        events.onRenewed(outcome.grant.user, outcome.isNew);
        events.onRenewal(outcome.isNew);
        return;
      }
      events.onRenewalFailed(outcome.error);
      if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const reason = endReason(outcome.error, tokens.record);
        hold(null);
        events.onEnded(reason);
      }
    },
  };

  const loadRefresh = loadOnce(async () => (await loadRenewal()).createTokenRefresh(config, ports));
  const tokens = createTokenHolder(
    async (...wanted) => (await loadRefresh())(...wanted),
    ({ refreshToken }) => refreshToken !== undefined,
  );

  async function restore(): Promise<User | null> {
    const before = tokens.record;
    const isLoggedOut = logouts.watch();
    const stored = await store.read();
    if (isLoggedOut()) return restore();
    const record = store.asUsable(stored);
    hold(record);
    if (stored === null && before?.refreshToken !== undefined) {
      events.onEnded('logged-out-elsewhere');
    }
    return record && record.user;
  }

  return {
    restore,
    ...createOidcLogin(config, { logins, write, loadProtocol }),
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
    signOutLocally() {
      logouts.add();
      hold(null);
    },
    expireAccessToken: tokens.expire,
    preload: loadRefresh,
  };
}

/** Returns why the session ended; the server's description distinguishes `expired` from `revoked`. */
function endReason(error: AuthError, record: TokenRecord | undefined): EndReason {
  if (error.oauthError === undefined) {
    return record?.refreshToken === undefined ? 'expired' : 'logged-out-elsewhere';
  }
  return /expired/i.test(error.oauthErrorDescription ?? '') ? 'expired' : 'revoked';
}
