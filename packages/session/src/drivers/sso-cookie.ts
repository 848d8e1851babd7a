import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { isVisible } from '../flows/lifecycle.js';
import type { SilentPorts } from '../oidc/silent.js';
import { loadSilent } from '../on-demand/silent.js';
import type { SessionConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import { recordNames, UNTIL_LOGIN } from '../storage/record-names.js';
import { clearPendingLogout } from '../storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { openTransactions } from '../login/transactions.js';
import type { User } from '../user.js';
import { createOidcLogin } from './oidc-login.js';

/** After a `login_required`, the session is not probed again for this long, in any tab. */
const PROBE_PAUSE_MS = 5 * 60_000;

/** Without a known user, an unreachable server is not probed again for this long, in any tab. */
const RETRY_MS = 30_000;

/**
 * Creates the driver that keeps the session with the cookie of an authorization server on the page's own site. The
 * tokens are in memory; each page gets its own in a hidden frame. localStorage has the user's claims, for the first
 * render.
 * @see OpenID Connect Core 1.0 section 3.1.2.1 (`prompt=none`)
 */
export function createSsoCookieDriver(
  config: SessionConfig,
  events: DriverEvents,
  // All tabs read these records in order, so that a notice does not arrive before the change it announces.
  { records: { shared: records, open }, loadProtocol }: DriverShare,
): Driver {
  const logins = openTransactions(config.key, open);
  const { quietUntil: pauseKey } = recordNames(config.key);
  let lastSubject: string | undefined;
  let isLoggedOut = false;
  let logouts = 0;
  let logoutsBeforeFlight = 0;

  function readRememberedUser(): User | null | undefined {
    return config.storage === 'local' ? readSnapshot(config.key) : undefined;
  }

  function hold(record: TokenRecord | null): void {
    tokens.hold(record);
    lastSubject = record?.user.sub;
    if (config.storage === 'local') writeSnapshot(config.key, record && record.user);
  }

  /** Whether the session must not be probed now. */
  async function isProbePaused(): Promise<boolean> {
    const until = await records.get(pauseKey).catch(() => 0);
    isLoggedOut = until === UNTIL_LOGIN;
    const leftMs = typeof until === 'number' ? until - Date.now() : 0;
    // A clock that was ahead when the pause was stored must not extend it.
    return isLoggedOut || (leftMs > 0 && leftMs <= PROBE_PAUSE_MS);
  }

  /** Pauses probes until the given time. Resolves to `false`, without a change, if the user has logged out meanwhile. */
  async function pauseProbes(until: number): Promise<boolean> {
    let isOpen = true;
    const change = (old: unknown): unknown => {
      isOpen = old !== UNTIL_LOGIN;
      return isOpen ? until : old;
    };
    // If the pause cannot be stored, the server is probed again.
    await records.update(pauseKey, change).catch(() => {});
    return isOpen;
  }

  const ports: SilentPorts = {
    toError: authorizationError,
    async read() {
      logoutsBeforeFlight = logouts;
      return (await isProbePaused()) ? null : { record: tokens.record };
    },
    write: async () => (await pauseProbes(0)) && logouts === logoutsBeforeFlight,
    clear: async () => void (await pauseProbes(Date.now() + PROBE_PAUSE_MS)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        const { record } = outcome.grant;
        // A flight that ends after a logout must not restore the session.
        if (logouts > logoutsBeforeFlight || record === undefined) {
          throw new AuthError('login_required', 'Logged out.');
        }
        const before = lastSubject ?? readRememberedSubject();
        const { user } = record;
        hold(record);
        events.onRenewed(user, before !== undefined && before !== user.sub);
      } else if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const wasKnown = lastSubject !== undefined;
        hold(null);
        // Without a known user, no session has ended.
        if (wasKnown) events.onEnded(isLoggedOut ? 'logged-out-elsewhere' : 'expired');
      }
    },
  };

  /** Returns `null` for no user, `undefined` without readable storage. */
  function readRememberedSubject(): string | null | undefined {
    const user = readRememberedUser();
    return user && user.sub;
  }

  const loadRefresh = loadOnce(async () => (await loadSilent()).createSilentRefresh(config, ports));
  const tokens = createTokenHolder(async (isUsable) => (await loadRefresh())(isUsable));

  /** Resolves to the user, or `null` if the server has no session. */
  async function fetchUser(): Promise<User | null> {
    try {
      await tokens.refresh();
      return tokens.record?.user ?? null;
    } catch (error) {
      if (isAuthError(error) && error.code === 'login_required') return null;
      throw error;
    }
  }

  /** Resolves to `null`, without an error, if there is no known user and the server is unreachable. */
  async function probeSession(): Promise<User | null> {
    try {
      return await fetchUser();
    } catch (error) {
      if (!isAuthError(error) || !error.retryable) throw error;
      await pauseProbes(Date.now() + RETRY_MS);
      return null;
    }
  }

  return {
    async restore({ revalidate }) {
      const logoutsBefore = logouts;
      const isPaused = await isProbePaused();
      if (logouts > logoutsBefore) return null;
      if (isLoggedOut) {
        const before = lastSubject ?? readRememberedSubject();
        hold(null);
        if (before) events.onEnded('logged-out-elsewhere');
        return null;
      }
      const user = readRememberedUser();
      const hasChanged = user !== undefined && user?.sub !== tokens.record?.user.sub;
      // The tokens belong to the previous user.
      if (hasChanged) tokens.hold(null);
      const known = tokens.record?.user ?? user ?? null;
      if (known === null) return isPaused ? null : probeSession();
      lastSubject = known.sub;
      const isEnough = tokens.peekAccessToken() !== null && !revalidate;
      // In a hidden page, the remembered user is enough.
      if (isEnough || (!isVisible() && user !== undefined)) return known;
      const pendingUser = fetchUser();
      if (revalidate) return pendingUser.catch(() => (logouts > logoutsBefore ? null : known));
      // Return the known user now, and revalidate in the background.
      pendingUser.catch(() => {});
      return known;
    },
    ...createOidcLogin(config, {
      logins,
      loadProtocol,
      async write(record) {
        clearPendingLogout(config.key);
        await records.update(pauseKey, () => 0).catch(() => {});
        hold(record);
      },
    }),
    subject: () => lastSubject,
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    refreshDueAt: () => tokens.dueAt ?? null,
    authorize: tokens.authorize,
    recover: tokens.recover,
    signOutLocally() {
      logouts += 1;
      // A renewal in progress may have stored the user again.
      hold(null);
    },
    preload: loadRefresh,
  };
}
