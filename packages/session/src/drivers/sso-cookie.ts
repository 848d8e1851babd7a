import { authorizationError } from '../login/authorization-error.js';
import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { isVisible } from '../flows/lifecycle.js';
import type { SilentPorts } from '../oidc/silent.js';
import { loadSilent } from '../on-demand/silent.js';
import type { SessionConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import { recordNames, UNTIL_LOGIN } from '../storage/session-records.js';
import { clearPendingLogout } from '../storage/pending-logout.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import type { TokenRecord } from '../tokens/token-record.js';
import { openTransactions } from '../login/transactions.js';
import type { User } from '../user.js';
import { createOidcLogin } from './oidc-login.js';

/** Whom the server did not know is not asked about again on each page for this long. */
const QUIET_MS = 5 * 60_000;

/** A server that cannot be reached is left alone for a moment, by all tabs of a reader whom nobody knows. */
const RETRY_MS = 30_000;

/**
 * Keeps the session by the cookie of an authorization server on the page's own site. The tokens are in memory; a new
 * page gets its own in a hidden frame. localStorage has the user's claims, for the first render.
 * @see OpenID Connect Core 1.0 section 3.1.2.1 (`prompt=none`)
 */
export function createSsoCookieDriver(
  config: SessionConfig,
  events: DriverEvents,
  // In order for all tabs, so that a notice of theirs does not come before what it is about.
  { records: { shared: records, open }, loadProtocol }: DriverShare,
): Driver {
  const logins = openTransactions(config.key, open);
  const { quietUntil: quietKey } = recordNames(config.key);
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

  /** Whether the server is not to be asked now. */
  async function isQuiet(): Promise<boolean> {
    const until = await records.get(quietKey).catch(() => 0);
    isLoggedOut = until === UNTIL_LOGIN;
    const leftMs = typeof until === 'number' ? until - Date.now() : 0;
    // A clock that was ahead when it was noted must not keep the server from being asked for a year.
    return isLoggedOut || (leftMs > 0 && leftMs <= QUIET_MS);
  }

  /** Notes until when not to fetchUser; answers whether nobody has logged out meanwhile, which stays noted. */
  async function keepQuiet(until: number): Promise<boolean> {
    let isOpen = true;
    const change = (old: unknown): unknown => {
      isOpen = old !== UNTIL_LOGIN;
      return isOpen ? until : old;
    };
    // What cannot be readRememberedUser is asked again.
    await records.update(quietKey, change).catch(() => {});
    return isOpen;
  }

  const ports: SilentPorts = {
    toError: authorizationError,
    async read() {
      logoutsBeforeFlight = logouts;
      return (await isQuiet()) ? null : { record: tokens.record };
    },
    write: async () => (await keepQuiet(0)) && logouts === logoutsBeforeFlight,
    clear: async () => void (await keepQuiet(Date.now() + QUIET_MS)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        const { record } = outcome.grant;
        // What a flight brings home after a logout would bring the session back.
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
        // Of somebody whom nobody knew, nothing has ended.
        if (wasKnown) events.onEnded(isLoggedOut ? 'logged-out-elsewhere' : 'expired');
      }
    },
  };

  /** `null` for nobody, `undefined` where nothing is readRememberedUser. */
  function readRememberedSubject(): string | null | undefined {
    const user = readRememberedUser();
    return user && user.sub;
  }

  const loadRefresh = loadOnce(async () => (await loadSilent()).createSilentRefresh(config, ports));
  const tokens = createTokenHolder(async (isUsable) => (await loadRefresh())(isUsable));

  /** Asks the server; whom it does not know, it answers nobody for. */
  async function fetchUser(): Promise<User | null> {
    try {
      await tokens.refresh();
      return tokens.record?.user ?? null;
    } catch (error) {
      if (isAuthError(error) && error.code === 'login_required') return null;
      throw error;
    }
  }

  /** Whom nobody knew before, nobody knows while the server cannot be asked: no login of theirs has failed. */
  async function probeSession(): Promise<User | null> {
    try {
      return await fetchUser();
    } catch (error) {
      if (!isAuthError(error) || !error.retryable) throw error;
      await keepQuiet(Date.now() + RETRY_MS);
      return null;
    }
  }

  return {
    async restore({ revalidate }) {
      const logoutsBefore = logouts;
      const isSilent = await isQuiet();
      if (logouts > logoutsBefore) return null;
      if (isLoggedOut) {
        const before = lastSubject ?? readRememberedSubject();
        hold(null);
        if (before) events.onEnded('logged-out-elsewhere');
        return null;
      }
      const user = readRememberedUser();
      const isOther = user !== undefined && user?.sub !== tokens.record?.user.sub;
      // The tokens are those of somebody who was signed in before.
      if (isOther) tokens.hold(null);
      const known = tokens.record?.user ?? user ?? null;
      if (known === null) return isSilent ? null : probeSession();
      lastSubject = known.sub;
      const isEnough = tokens.peekAccessToken() !== null && !revalidate;
      // Out of sight what is readRememberedUser will do, where anything is.
      if (isEnough || (!isVisible() && user !== undefined)) return known;
      const pendingUser = fetchUser();
      if (revalidate) return pendingUser.catch(() => (logouts > logoutsBefore ? null : known));
      // Shown at once, and looked after behind it.
      pendingUser.catch(() => {});
      return known;
    },
    ...createOidcLogin(config, {
      logins,
      loadProtocol,
      async write(record) {
        clearPendingLogout(config.key);
        await records.update(quietKey, () => 0).catch(() => {});
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
      // A renewal that was under way here may have readRememberedUser the user again.
      hold(null);
    },
    preload: loadRefresh,
  };
}
