import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import type { RecordPorts } from '../oidc/token-grant.js';
import { loadOnce } from '../platform/load-once.js';
import { loadRenewal } from '../on-demand/renewal.js';
import type { SessionConfig } from '../options.js';
import { recordNames } from '../storage/record-names.js';
import type { EndReason } from '../state.js';
import { clearPendingLogout } from '../storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import { coversScope, parseTokenRecord, type TokenRecord } from '../tokens/token-record.js';
import { openTransactions } from '../login/transactions.js';
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
  const isLocal = config.storage === 'local';
  const { tokens: recordKey } = recordNames(config.key);
  const logins = openTransactions(config.key, open);
  let logouts = 0;
  let logoutsBeforeFlight = 0;

  function hold(record: TokenRecord | null): void {
    tokens.hold(record);
    if (record === null) writeSnapshot(config.key, null);
    else if (records.isLasting) writeSnapshot(config.key, record.user);
  }

  async function readStored(): Promise<TokenRecord | null> {
    const record = parseTokenRecord(await records.get(recordKey));
    // A database that cannot be opened does not mean that the remembered user's session has ended.
    if (record === null && isLocal && !records.isLasting && readSnapshot(config.key)) {
      throw new AuthError('timeout', "The browser's storage cannot be read. Reload the page.");
    }
    return record;
  }

  /** Ignores a session with too narrow a scope. Its record stays for tabs of an older deploy, until the next login. */
  function asUsable(record: TokenRecord | null): TokenRecord | null {
    return record !== null && coversScope(record, config.scope) ? record : null;
  }

  async function keepLogin(record: TokenRecord): Promise<void> {
    clearPendingLogout(config.key);
    const replaced = await readStored().catch(() => null);
    await records.put(recordKey, record);
    hold(record);
    if (replaced !== null) revoke(replaced);
  }

  /** Revokes, in the background, a token that this browser no longer uses. */
  function revoke({ refreshToken }: TokenRecord): void {
    if (refreshToken === undefined) return;
    void end.addRevocation(refreshToken).then(() => end.tellServer());
  }

  /** Replaces the record if it is still `expected`. Resolves to whether it was. */
  async function replace(expected: TokenRecord, next: TokenRecord | undefined): Promise<boolean> {
    let isExpected = false;
    await records.update(recordKey, (old) => {
      isExpected = parseTokenRecord(old)?.id === expected.id;
      return isExpected ? next : old;
    });
    return isExpected;
  }

  /** Whether the user has logged out since the flight began. */
  const isLoggedOut = (): boolean => logouts > logoutsBeforeFlight;

  /** Whether the record was removed, rather than replaced. */
  const isForgotten = (): Promise<boolean> =>
    records.get(recordKey).then(
      (record) => record === undefined,
      () => false,
    );

  const ports: RecordPorts = {
    read() {
      logoutsBeforeFlight = logouts;
      return readStored().then(asUsable);
    },
    async write(record, spent) {
      const isKept = await replace(spent, record).catch(async () => {
        if (isLoggedOut()) return false;
        // The used token must not be read again.
        await records.put(recordKey, record);
        return true;
      });
      // After a logout, no other tab has the new token.
      if (!isKept && (await isForgotten())) revoke(record);
      return isKept;
    },
    clear: async (record) => void (await replace(record, undefined)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        // A flight that ends after a logout must not restore the session.
        if (isLoggedOut()) throw new AuthError('login_required', 'Logged out.');
        hold(outcome.grant);
        events.onRenewed(outcome.grant.user, outcome.isNew);
      } else if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const reason = endReason(outcome.error, tokens.record);
        hold(null);
        events.onEnded(reason);
      }
    },
  };

  const loadRefresh = loadOnce(async () => (await loadRenewal()).createTokenRefresh(config, ports));
  const tokens = createTokenHolder(
    async (isUsable) => (await loadRefresh())(isUsable),
    ({ refreshToken }) => refreshToken !== undefined,
  );

  return {
    async restore() {
      const before = tokens.record;
      let logoutsBefore: number;
      let stored: TokenRecord | null;
      do {
        logoutsBefore = logouts;
        stored = await readStored();
      } while (logouts > logoutsBefore);
      const record = asUsable(stored);
      hold(record);
      if (stored === null && before?.refreshToken !== undefined) {
        events.onEnded('logged-out-elsewhere');
      }
      return record && record.user;
    },
    ...createOidcLogin(config, { logins, write: keepLogin, loadProtocol }),
    subject: () => tokens.record?.user.sub,
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    // Without a refresh token the session cannot be renewed ahead of expiry.
    refreshDueAt: () => (tokens.record?.refreshToken === undefined ? null : (tokens.dueAt ?? null)),
    authorize: tokens.authorize,
    recover: tokens.recover,
    signOutLocally() {
      logouts += 1;
      hold(null);
    },
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
