import type { WantedLogin } from './leave-for-login.js';
import type { RedirectLoginOptions } from '../login/login-options.js';

/** Starts a login by redirect. */
export type RedirectLogin = (options?: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;

/**
 * Creates a function that runs one redirect login at a time. A login with the same options, or an automatic one, joins
 * it; any other replaces it until the page unloads. All callers share the promise of `leave`, which redirects to the
 * latest wanted login.
 */
export function createRedirectLogin(
  leave: (wanted: () => WantedLogin) => Promise<never>,
): RedirectLogin {
  let wanted: WantedLogin | undefined;
  let leaving: Promise<never> | undefined;

  return ({ isAutomatic = false, openUrl, ...options } = {}, isRetry = false) => {
    const before = wanted;
    const isSame = JSON.stringify(options) === JSON.stringify(before?.request.options);
    if (leaving !== undefined && (isAutomatic || isSame)) return leaving;
    const request = { options, via: 'redirect', isRetry, isAutomatic, openUrl } as const;
    const latest = { request, stop: new AbortController() };
    wanted = latest;
    before?.stop.abort();
    leaving ??= leave(() => wanted ?? latest).finally(() => {
      leaving = wanted = undefined;
    });
    return leaving;
  };
}
