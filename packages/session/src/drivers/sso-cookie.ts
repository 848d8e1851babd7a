import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { isVisible } from '../flows/lifecycle.js';
import type { SilentPorts } from '../oidc/silent.js';
import { loadSilent } from '../on-demand/silent.js';
import type { SessionConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import { clearPendingLogout } from '../storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { openTransactions } from '../login/transactions.js';
import type { User } from '../user.js';
import { countLogouts } from './logouts.js';
import { describe } from './describe.js';
import { createOidcLogin } from './oidc-login.js';
import { createProbePause, PROBE_PAUSE_MS } from './probe-pause.js';

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
  const pause = createProbePause(config.key, records);
  const logouts = countLogouts();
  let lastSubject: string | undefined;
  let isPausedByLogout = false;
  let isLoggedOutInFlight = (): boolean => false;

  function readRememberedUser(): User | null | undefined {
    return config.storage === 'local' ? readSnapshot(config.key) : undefined;
  }

  /** Returns `null` for no user, `undefined` without readable storage. */
  function readRememberedSubject(): string | null | undefined {
    const user = readRememberedUser();
    return user && user.sub;
  }

  function hold(record: TokenRecord | null): void {
    tokens.hold(record);
    lastSubject = record?.user.sub;
    if (config.storage === 'local') writeSnapshot(config.key, record && record.user);
  }

  const ports: SilentPorts = {
    toError: authorizationError,
    onStart() {
      isLoggedOutInFlight = logouts.watch();
    },
    async read() {
      const { isPaused, isLoggedOut } = await pause.read();
      isPausedByLogout = isLoggedOut;
      return isPaused ? null : { record: tokens.record };
    },
    write: async () => (await pause.set(0)) && !isLoggedOutInFlight(),
    clear: async () => void (await pause.set(Date.now() + PROBE_PAUSE_MS)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        const { record } = outcome.grant;
        // A flight that ends after a logout must not restore the session.
        if (isLoggedOutInFlight() || record === undefined) {
          throw new AuthError('login_required', 'Logged out.');
        }
        const before = lastSubject ?? readRememberedSubject();
        const { user } = record;
        hold(record);
        events.onRenewed(user, before !== undefined && before !== user.sub);
        events.onRenewal(outcome.isNew);
        return;
      }
      events.onRenewalFailed(outcome.error);
      if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const wasKnown = lastSubject !== undefined;
        hold(null);
        // Without a known user, no session has ended.
        if (wasKnown) events.onEnded(isPausedByLogout ? 'logged-out-elsewhere' : 'expired');
      }
    },
  };

  const loadRefresh = loadOnce(async () => (await loadSilent()).createSilentRefresh(config, ports));
  const tokens = createTokenHolder(async (...wanted) => (await loadRefresh())(...wanted));

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
      await pause.set(Date.now() + RETRY_MS);
      return null;
    }
  }

  return {
    async restore({ revalidate }) {
      const isLoggedOutSince = logouts.watch();
      const { isPaused, isLoggedOut } = await pause.read();
      if (isLoggedOutSince()) return null;
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
      if (revalidate) return pendingUser.catch(() => (isLoggedOutSince() ? null : known));
      // Return the known user now, and revalidate in the background.
      pendingUser.catch(() => {});
      return known;
    },
    ...createOidcLogin(config, {
      logins,
      loadProtocol,
      async write(record) {
        clearPendingLogout(config.key);
        await pause.end();
        hold(record);
      },
    }),
    subject: () => lastSubject,
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    renew: tokens.renew,
    async info() {
      if (lastSubject !== undefined && tokens.record === undefined) await tokens.refresh();
      return tokens.record === undefined ? null : describe('sso-cookie', tokens.record);
    },
    refreshDueAt: () => tokens.dueAt ?? null,
    authorize: tokens.authorize,
    recover: tokens.recover,
    signOutLocally() {
      logouts.add();
      // A renewal in progress may have stored the user again.
      hold(null);
    },
    expireAccessToken: tokens.expire,
    preload: loadRefresh,
  };
}
