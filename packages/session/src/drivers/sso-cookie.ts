import type { Driver, DriverEvents, DriverShare } from '../driver.js';
import { loadSilent } from '../on-demand/silent.js';
import type { SessionConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import { clearPendingLogout } from '../storage/logout-marker.js';
import { createTokenHolder } from '../tokens/token-holder.js';
import { openTransactions } from '../login/transactions.js';
import { createCookieRestore } from './cookie-restore.js';
import { createCookieUser } from './cookie-user.js';
import { countLogouts } from './logouts.js';
import { describe } from './describe.js';
import { createOidcLogin } from './oidc-login.js';
import { createProbePause } from './probe-pause.js';
import { createSilentPorts, type CookieSession } from './silent-ports.js';

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
  { records: { shared: records, open }, end, loadProtocol }: DriverShare,
): Driver {
  const logins = openTransactions(config.key, open);
  const pause = createProbePause(config.key, records);
  const logouts = countLogouts();
  const tokens = createTokenHolder(
    async (...wanted) => (await loadRefresh())(...wanted),
    undefined,
    // Only with the scope `offline_access`.
    ({ refreshToken }) => end.revoke(refreshToken),
  );
  const user = createCookieUser(config, tokens);
  const session: CookieSession = { events, user, pause, logouts, tokens, revoke: end.revoke };

  const loadRefresh = loadOnce(async () =>
    (await loadSilent()).createSilentRefresh(config, createSilentPorts(session)),
  );

  return {
    restore: createCookieRestore(session),
    ...createOidcLogin(config, {
      logins,
      logouts,
      end,
      loadProtocol,
      store() {
        clearPendingLogout(config.key);
        return pause.end();
      },
      hold: user.hold,
    }),
    subject: () => user.subject,
    peekAccessToken: tokens.peekAccessToken,
    getAccessToken: tokens.getAccessToken,
    refresh: tokens.refresh,
    renew: tokens.renew,
    async info() {
      if (user.subject !== undefined && tokens.record === undefined) await tokens.refresh();
      return tokens.record === undefined ? null : describe('sso-cookie', tokens.record);
    },
    refreshDueAt: () => tokens.dueAt ?? null,
    authorize: tokens.authorize,
    recover: tokens.recover,
    signOutLocally(isElsewhere) {
      const refreshToken = tokens.record?.refreshToken;
      // The logout waits for its revocation, which the next page repeats if it fails.
      if (isElsewhere !== true && refreshToken !== undefined) void end.addRevocation(refreshToken);
      logouts.add();
      // A renewal in progress may have stored the user again.
      user.hold(null);
    },
    expireAccessToken: tokens.expire,
    preload: loadRefresh,
  };
}
