import type { DriverEvents } from '../driver.js';
import { AuthError, isAuthError } from '../errors.js';
import { authorizationError } from '../login/authorization-error.js';
import type { SessionEnd } from '../flows/session-end.js';
import type { SilentPorts } from '../oidc/silent.js';
import type { TokenHolder } from '../tokens/token-holder.js';
import type { CookieUser } from './cookie-user.js';
import type { Logouts } from './logouts.js';
import { PROBE_PAUSE_MS, type ProbePause } from './probe-pause.js';

/** What the parts of the `sso-cookie` driver share. */
export interface CookieSession {
  readonly events: DriverEvents;
  readonly user: CookieUser;
  readonly pause: ProbePause;
  readonly logouts: Logouts;
  readonly tokens: TokenHolder;
  readonly revoke: SessionEnd['revoke'];
}

/** Creates the ports by which silent logins read and store the tokens of this page. */
export function createSilentPorts({
  events,
  user,
  pause,
  logouts,
  tokens,
  revoke,
}: CookieSession): SilentPorts {
  let isPausedByLogout = false;
  let isLoggedOutInFlight = (): boolean => false;

  return {
    toError: authorizationError,
    revoke,
    onStart() {
      isLoggedOutInFlight = logouts.watch();
    },
    async read() {
      const { isPaused, isLoggedOut } = await pause.read();
      isPausedByLogout = isLoggedOut;
      return isPaused ? null : { record: tokens.record };
    },
    async write({ record }) {
      const isKept = (await pause.set(0)) && !isLoggedOutInFlight();
      // Only with the scope `offline_access`.
      if (!isKept) revoke(record?.refreshToken);
      return isKept;
    },
    clear: async () => void (await pause.set(Date.now() + PROBE_PAUSE_MS)),
    onSettled(outcome) {
      if ('grant' in outcome) {
        const { record } = outcome.grant;
        // A flight that ends after a logout must not restore the session.
        if (isLoggedOutInFlight() || record === undefined) {
          throw new AuthError('login_required', 'Logged out.');
        }
        const before = user.lastSubject();
        user.hold(record);
        events.onRenewed(record.user, before !== undefined && before !== record.user.sub);
        events.onRenewal(outcome.isNew);
        return;
      }
      events.onRenewalFailed(outcome.error);
      if (isAuthError(outcome.error) && outcome.error.code === 'login_required') {
        const wasKnown = user.subject !== undefined;
        user.hold(null);
        // Without a known user, no session has ended.
        if (wasKnown) events.onEnded(isPausedByLogout ? 'logged-out-elsewhere' : 'expired');
      }
    },
  };
}
