import { authorizationError } from '../authorization-error.js';
import type { Driver, DriverEvents } from '../driver.js';
import { endSessionUrl } from '../end-session-url.js';
import { AuthError, isAuthError } from '../errors.js';
import { isVisible } from '../lifecycle.js';
import type { SilentPorts } from '../oidc/silent.js';
import { loadSilent } from '../on-demand/silent.js';
import type { SessionConfig } from '../options.js';
import { loadOnce } from '../load-once.js';
import { openMemoryStore, openRecordStore } from '../storage/records.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import { createTokenHolder } from '../token-holder.js';
import type { TokenRecord } from '../token-record.js';
import { openTransactions } from '../transactions.js';
import type { User } from '../user.js';
import { createOidcLogin } from './oidc-login.js';

/** Whom the server did not know is not asked about again on each page for this long. */
const QUIET_MS = 5 * 60_000;

/** After a logout nobody is logged in again unasked. */
const FOREVER = Number.MAX_SAFE_INTEGER;

/**
 * Keeps the session by the cookie of an authorization server on the page's own site. The tokens are in memory; a new
 * page gets its own in a hidden frame. localStorage has the user's claims, for the first render.
 * @see OpenID Connect Core 1.0 section 3.1.2.1 (`prompt=none`)
 */
export function createSsoCookieDriver(config: SessionConfig, events: DriverEvents): Driver {
  const logins = openTransactions(config.key, openRecordStore);
  // In order for all tabs, so that a notice of theirs does not come before what it is about.
  const records = openRecordStore(openMemoryStore);
  const quietKey = `${config.key}/quiet-until`;
  let lastSubject: string | undefined;
  let isLoggedOut = false;
  let logouts = 0;
  let logoutsBeforeFlight = 0;

  function remembered(): User | null | undefined {
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
    isLoggedOut = until === FOREVER;
    return typeof until === 'number' && until > Date.now();
  }

  async function keepQuiet(until: number): Promise<void> {
    // What cannot be remembered is asked again.
    await records.update(quietKey, () => until).catch(() => {});
  }

  const ports: SilentPorts = {
    toError: authorizationError,
    async read() {
      logoutsBeforeFlight = logouts;
      return (await isQuiet()) ? null : { record: tokens.record };
    },
    async write() {
      if (logouts > logoutsBeforeFlight) return false;
      await keepQuiet(0);
      return true;
    },
    clear: () => keepQuiet(Date.now() + QUIET_MS),
    onSettled(outcome) {
      if ('grant' in outcome) {
        const { record } = outcome.grant;
        // What a flight brings home after a logout would bring the session back.
        if (logouts > logoutsBeforeFlight || record === undefined) {
          throw new AuthError('login_required', 'Logged out.');
        }
        const isNews = record.user.sub !== (lastSubject ?? remembered()?.sub);
        hold(record);
        events.onRenewed(record.user, isNews);
      } else if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        hold(null);
        events.onEnded(isLoggedOut ? 'logged-out-elsewhere' : 'expired');
      }
    },
  };

  const loadRefresh = loadOnce(async () => (await loadSilent()).createSilentRefresh(config, ports));
  const tokens = createTokenHolder(async (isUsable) => (await loadRefresh())(isUsable));

  /** Asks the server; whom it does not know, it answers nobody for. */
  async function ask(): Promise<User | null> {
    try {
      await tokens.refresh();
      return tokens.record?.user ?? null;
    } catch (error) {
      if (isAuthError(error) && error.code === 'login_required') return null;
      throw error;
    }
  }

  return {
    async restore(isNews) {
      const user = remembered();
      // The tokens may be somebody else's who was signed in before.
      if (isNews || user === null) tokens.hold(null);
      const known = tokens.record?.user ?? user ?? null;
      if (known === null) return (await isQuiet()) ? null : ask();
      if (tokens.peekAccessToken() !== null || !isVisible()) return known;
      const asking = ask();
      if (isNews) return asking.catch(() => known);
      // Shown at once, and looked after behind it.
      asking.catch(() => {});
      return known;
    },
    ...createOidcLogin(config, logins, async (record) => {
      await keepQuiet(0);
      hold(record);
    }),
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    refreshDueAt: () => tokens.dueAt ?? null,
    authorize: tokens.authorize,
    recover: tokens.recover,
    release() {
      logouts += 1;
      tokens.hold(null);
    },
    async forget() {
      logouts += 1;
      hold(null);
      await keepQuiet(FOREVER);
      return () => logins.clear().catch(() => {});
    },
    endSessionUrl: (returnTo) => endSessionUrl(config, returnTo),
  };
}
