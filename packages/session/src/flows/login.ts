import { toAuthError } from '../errors.js';
import type { LoginOptions, RedirectLoginOptions } from '../login/login-options.js';
import { loadPopup } from '../on-demand/popup.js';
import type { SessionCore } from '../session-core.js';
import type { SessionState } from '../state.js';
import { expectAutomatic } from './automatic-login.js';
import { openPopup } from './popup.js';
import { createRedirectLogin } from './redirect-login.js';
import { reloadForLogin } from './reload-for-login.js';
import type { Start } from './start.js';

/** The logins of a session. */
export interface Logins {
  readonly loginWithRedirect: (options: RedirectLoginOptions, isRetry?: boolean) => Promise<never>;
  readonly loginWithPopup: (options: LoginOptions) => Promise<void>;
}

/** Creates the logins of a session. */
export function createLogins(core: SessionCore, { start, catchUp }: Start): Logins {
  const { config, dispatch, store } = core;
  let popupLogin: Promise<void> | undefined;

  /** Starts a login. If it fails, its error becomes the state's error. */
  async function logIn<Result>(
    via: 'redirect' | 'popup',
    begin: () => Promise<Result>,
    expectAllowed?: (state: SessionState) => unknown,
  ): Promise<Result> {
    void core.loadLogin(via);
    await start();
    const state = store().get();
    expectAllowed?.(state);
    const wasSignedIn = state.status === 'authenticated';
    try {
      dispatch({ type: 'login-started', via });
      return await begin();
    } catch (caught) {
      const error = toAuthError(caught);
      // If the user has signed in elsewhere meanwhile, this failure does not matter.
      if (wasSignedIn || store().get().status !== 'authenticated') {
        dispatch({ type: 'login-failed', error });
      }
      throw error;
    }
  }

  const redirect = createRedirectLogin((wanted) =>
    logIn(
      'redirect',
      () =>
        reloadForLogin(
          config.key,
          () => wanted().request,
          async () => (await core.loadEngine()).leaveForLogin(wanted),
        ),
      (state) => wanted().request.isAutomatic === true && expectAutomatic(state),
    ),
  );

  async function completeInPopup(popup: Window | null, options: LoginOptions): Promise<void> {
    const [{ driver }, { logInByPopup }] = await Promise.all([core.loadEngine(), loadPopup()]);
    const user = await logInByPopup(popup, driver, options);
    dispatch({ type: 'login-completed', user });
    core.tabs.post('changed');
    core.armTimer();
    core.prepareSignedIn();
  }

  return {
    loginWithRedirect: redirect,
    loginWithPopup(options) {
      if (popupLogin !== undefined) return popupLogin;
      // In the click's own task, or the browser blocks the popup.
      const popup = openPopup();
      popupLogin = logIn('popup', () => completeInPopup(popup, options)).finally(() => {
        popup?.close();
        popupLogin = undefined;
        catchUp();
      });
      return popupLogin;
    },
  };
}
