import type { AuthError } from '../errors.js';
import { COMPLETED, type WantedLogin } from './leave-for-login.js';
import type { RedirectLoginOptions } from '../login/login-options.js';

/** Starts a login by redirect. */
export type RedirectLogin = (options?: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;

/** The logins by redirect of a session. */
export interface RedirectLogins {
  readonly start: RedirectLogin;
  /** Ends the login in progress with an error; without one, its callback has arrived in this page. */
  readonly end: (error?: AuthError | null) => void;
}

/**
 * Creates a function that runs one redirect login at a time. A login with the same options, or an automatic one, joins
 * it; any other replaces it until the page unloads. While the login page is open beside this page, e.g. in the system's
 * browser, one with the same options opens it again. All callers share the promise of `leave`, which redirects to the
 * latest wanted login.
 */
export function createRedirectLogins(
  leave: (wanted: () => WantedLogin) => Promise<never>,
): RedirectLogins {
  let wanted: WantedLogin | undefined;
  let leaving: Promise<never> | undefined;

  const start: RedirectLogin = (
    { isAutomatic = false, openUrl, ...options } = {},
    isRetry = false,
  ) => {
    const before = wanted;
    const isSame = JSON.stringify(options) === JSON.stringify(before?.request.options);
    const joins = isAutomatic || (isSame && before?.isOpen !== true);
    if (leaving !== undefined && joins) return leaving;
    const request = { options, via: 'redirect', isRetry, isAutomatic, openUrl } as const;
    const latest: WantedLogin = { request, stop: new AbortController() };
    wanted = latest;
    before?.stop.abort();
    if (leaving === undefined) {
      const own = leave(() => wanted ?? latest).finally(() => {
        if (leaving === own) leaving = wanted = undefined;
      });
      leaving = own;
    }
    return leaving;
  };

  return {
    start,
    end(error) {
      wanted?.stop.abort(error ?? COMPLETED);
      // A completed login does not settle.
      leaving = wanted = undefined;
    },
  };
}
