import { toAuthError, AuthError } from '../errors.js';
import { expectAutomatic } from '../flows/automatic-login.js';
import { createRedirectLogins, type RedirectLogin } from '../flows/redirect-login.js';
import type { LoginOptions, RedirectLoginOptions } from '../login/login-options.js';
import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import { transition } from '../transition.js';

/** The logins of a test session. They last until the test sets the state that they come to. */
export interface TestLogins {
  readonly set: (state: SessionState) => void;
  /** Ends the login in progress, and those that requests wait for, as `session.cancelLogin` does. */
  readonly cancel: () => void;
  readonly loginWithRedirect: RedirectLogin;
  readonly loginWithPopup: (options: LoginOptions) => Promise<void>;
}

/** Creates the logins. A login waits for `ready` while the session is initializing. */
export function createTestLogins(
  store: Store<SessionState>,
  issuer: string,
  ready: () => Promise<void>,
): TestLogins {
  const pending = new Set<(state: SessionState) => void>();
  /** A redirect login has succeeded; the page would not be there to see it. */
  const unloaded = new AuthError('aborted', 'The page has unloaded.');
  let popupLogin: Promise<void> | undefined;

  function set(state: SessionState): void {
    store.set(state);
    for (const settle of [...pending]) settle(state);
  }

  function fail(error: AuthError): void {
    set(transition(store.get(), { type: 'login-failed', error }));
  }

  /** Settles as the next state that ends a login says. */
  function outcome(): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (state: SessionState): void => {
        if (state.status === 'initializing' || state.status === 'authenticating') return;
        pending.delete(settle);
        if ('error' in state && state.error !== null) reject(state.error);
        else if (state.status === 'authenticated') resolve();
        else reject(new AuthError('aborted', 'The test ended the login by the state that it set.'));
      };
      pending.add(settle);
    });
  }

  async function open({ openUrl }: RedirectLoginOptions): Promise<void> {
    try {
      await openUrl?.(new URL('authorize', issuer).href);
    } catch (caught) {
      const error = toAuthError(caught);
      fail(error);
      throw error;
    }
  }

  async function logIn(via: 'redirect' | 'popup', options: RedirectLoginOptions): Promise<void> {
    if (store.get().status === 'initializing') await ready();
    if (options.isAutomatic === true) expectAutomatic(store.get());
    store.set(transition(store.get(), { type: 'login-started', via }));
    await Promise.all([outcome(), open(options)]);
  }

  const redirect = createRedirectLogins(async (wanted) => {
    const { options, ...request } = wanted().request;
    await logIn('redirect', { ...options, ...request });
    throw unloaded;
  });

  return {
    set,
    cancel() {
      if (popupLogin !== undefined) {
        fail(new AuthError('popup_closed', 'The app closed the window. Offer the login again.'));
      } else if (pending.size > 0 || store.get().status === 'unauthenticated') {
        fail(new AuthError('aborted', 'The user declined to log in. Nothing was sent.'));
      }
    },
    loginWithRedirect: (options) =>
      redirect
        .start(options)
        .catch((error: unknown) =>
          error === unloaded ? new Promise<never>(() => {}) : Promise.reject(error),
        ),
    loginWithPopup(options) {
      popupLogin ??= logIn('popup', options).finally(() => {
        popupLogin = undefined;
      });
      return popupLogin;
    },
  };
}
