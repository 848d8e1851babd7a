import { convert, converting } from './convert-error.js';
import { leave } from './leave.js';
import { PopupTimeoutError, UnsupportedError } from './errors.js';
import type { FunctionsContext } from './functions-context.js';
import { toLoginOptions } from './options.js';
import type { PopupConfigOptions, PopupLoginOptions, RedirectLoginOptions } from './types.js';
import { checkCallParams } from './unsupported.js';

/** A login that a guard starts; see `isAutomatic` of the session. */
export const AUTOMATIC: unique symbol = Symbol('automatic');

/** What starts logins. */
export interface LoginFunctions {
  readonly loginWithRedirect: (
    options?: RedirectLoginOptions & { readonly [AUTOMATIC]?: boolean },
  ) => Promise<void>;
  /** Rejects with the failure of a login, unlike `loginWithPopup` of Auth0. */
  readonly logInByPopup: (
    options?: PopupLoginOptions,
    config?: PopupConfigOptions,
  ) => Promise<void>;
}

/** Creates the functions that start logins. */
export function createLoginFunctions({
  session,
  audience,
  redirectUri,
  appStates,
}: FunctionsContext): LoginFunctions {
  const own = { audience, redirect_uri: redirectUri };

  async function loginWithRedirect(
    options: RedirectLoginOptions & { readonly [AUTOMATIC]?: boolean } = {},
  ): Promise<void> {
    const { authorizationParams, appState, fragment, openUrl } = options;
    checkCallParams(authorizationParams, own);
    appStates.put(appState);
    const login = {
      ...toLoginOptions(authorizationParams),
      returnTo: typeof appState?.returnTo === 'string' ? appState.returnTo : (redirectUri ?? '/'),
      isAutomatic: options[AUTOMATIC] === true && !isLoggedOut(),
    };
    if (openUrl === undefined && fragment === undefined) {
      return converting(appStates.keepFor(session.loginWithRedirect(login)));
    }
    const open = openUrl ?? leave;
    await new Promise<void>((resolve, reject) => {
      const opening = session.loginWithRedirect({
        ...login,
        async openUrl(url) {
          await open(fragment === undefined ? url : `${url}#${fragment}`);
          resolve();
        },
      });
      converting(appStates.keepFor(opening)).catch(reject);
    });
  }

  /** After a logout a guard of Auth0's SDK starts a login. */
  function isLoggedOut(): boolean {
    const state = session.getSnapshot();
    return state.status === 'unauthenticated' && state.reason === 'logged-out';
  }

  async function logInByPopup(
    options: PopupLoginOptions = {},
    config: PopupConfigOptions = {},
  ): Promise<void> {
    checkCallParams(options.authorizationParams, own);
    if (config.popup !== undefined && config.popup !== null) {
      throw new UnsupportedError(
        'config.popup',
        'Leave it out: the session opens its window in the click itself.',
      );
    }
    if (config.closePopup === false) {
      throw new UnsupportedError('config.closePopup', 'Leave it out: the popup always closes.');
    }
    let isLate = false;
    const { timeoutInSeconds } = config;
    const timer =
      timeoutInSeconds === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            session.cancelLogin();
          }, timeoutInSeconds * 1000);
    try {
      await session.loginWithPopup(toLoginOptions(options.authorizationParams));
    } catch (error) {
      throw isLate ? new PopupTimeoutError('timeout', undefined, { cause: error }) : convert(error);
    } finally {
      clearTimeout(timer);
    }
  }

  return { loginWithRedirect, logInByPopup };
}
