import type { AuthError } from '../errors.js';
import { COMPLETED, type WantedLogin } from './leave-for-login.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import type { LoginRequest } from '../login/login-request.js';

/** Starts a login by redirect. */
export type RedirectLogin = (options?: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;

/** The logins by redirect of a session. */
export interface RedirectLogins {
  readonly start: RedirectLogin;
  /** Ends the login in progress with an error; without one, its callback has arrived in this page. */
  readonly end: (error?: AuthError | null) => void;
  /** Forgets a login whose page is open beside this page, after the user has signed in otherwise. */
  readonly forgetOpen: () => void;
}

/** A login in progress, with the promise that all its callers share. */
interface Leaving {
  /** `wanted` is replaced by a newer login. */
  readonly login: { wanted: WantedLogin };
  readonly outcome: Promise<never>;
}

/**
 * Creates the logins by redirect, of which one runs at a time. A login with the same options, or an automatic one, joins
 * it; any other replaces it until the page unloads. While the login page is open beside this page, e.g. in the system's
 * browser, one with the same options opens it again, and so does a retry. All callers share the promise of `leave`, which
 * redirects to the latest wanted login.
 */
export function createRedirectLogins(
  leave: (wanted: () => WantedLogin) => Promise<never>,
): RedirectLogins {
  let current: Leaving | undefined;

  function begin(request: LoginRequest): Promise<never> {
    const login = { wanted: toWanted(request) };
    const outcome = leave(() => login.wanted).finally(() => {
      if (current?.login === login) current = undefined;
    });
    current = { login, outcome };
    return outcome;
  }

  function end(error?: AuthError | null): void {
    current?.login.wanted.stop.abort(error ?? COMPLETED);
    // A completed login does not settle.
    current = undefined;
  }

  return {
    start({ isAutomatic = false, guardedPage, openUrl, ...options } = {}, isRetry = false) {
      const page = { guardedPage, openUrl };
      const request = { options, via: 'redirect', isRetry, isAutomatic, ...page } as const;
      if (current === undefined) return begin(request);
      const { login, outcome } = current;
      const before = login.wanted;
      const isSame = JSON.stringify(options) === JSON.stringify(before.request.options);
      const opensAgain = before.isOpen === true && (isRetry || !isAutomatic);
      if ((isAutomatic || isSame) && !opensAgain) return outcome;
      login.wanted = toWanted(isRetry ? { ...before.request, isRetry } : request);
      before.stop.abort();
      return outcome;
    },
    end,
    forgetOpen() {
      if (current?.login.wanted.isOpen === true) end();
    },
  };
}

function toWanted(request: LoginRequest): WantedLogin {
  return { request, stop: new AbortController() };
}
