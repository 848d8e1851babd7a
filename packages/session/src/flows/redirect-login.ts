import type { WantedLogin } from './leave-for-login.js';
import type { RedirectLoginOptions } from '../login/login-options.js';

/** Begins a login by redirect. */
export type RedirectLogin = (options?: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;

/**
 * One login by redirect at a time. The same one again, or an automatic one, joins it; another one that the user began
 * takes its place while the page has not left. All callers share the promise of `leave`, which leaves for the login
 * that is wanted last.
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
