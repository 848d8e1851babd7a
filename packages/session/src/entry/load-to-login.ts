import { toAuthError, type AuthError } from '../errors.js';
import { requireBrowser } from '../platform/require-browser.js';
import type { SessionCore } from '../session-core.js';
import type { Session } from '../session.js';
import { failed } from '../state.js';
import { startSession } from './load-to-start.js';
import { openPopup } from '../flows/popup.js';
import { reloadForLogin } from '../flows/reload-for-login.js';
import type { SessionEntry } from './session-entry.js';

/** The logins of a session, which load the core. */
export interface EntryLogins extends Pick<Session, 'loginWithPopup' | 'cancelLogin'> {
  readonly loginWithRedirect: (given: unknown, isRetry?: boolean) => Promise<never>;
}

/** Creates the logins. */
export function createEntryLogins(entry: SessionEntry): EntryLogins {
  const { loaders } = entry;
  let popupLogin: Promise<void> | undefined;
  let popup: Window | null = null;

  async function logInByPopup(given: unknown): Promise<void> {
    requireBrowser();
    // In the click's own task, or the browser blocks the popup.
    popup = openPopup();
    void loaders.prepare('popup');
    try {
      await (await loadForLogin(entry)).loginInWindow(popup, given);
    } catch (error) {
      throw showFailure(entry, error);
    } finally {
      popup?.close();
    }
  }

  return {
    async loginWithRedirect(given, isRetry) {
      requireBrowser();
      void loaders.prepare('redirect');
      try {
        return await (await loadForLogin(entry)).loginWithRedirect(given, isRetry);
      } catch (caught) {
        const error = toAuthError(caught);
        if (error.code === 'chunk_load_failed') await reloadForLogin(entry.config.key, given);
        throw showFailure(entry, error);
      }
    },
    cancelLogin() {
      // Its code may not be loaded yet.
      popup?.close();
      entry.core?.cancelLogin();
    },
    loginWithPopup(given) {
      // The window of a login in progress may be behind this one.
      popup?.focus();
      return (popupLogin ??= logInByPopup(given).finally(() => {
        popupLogin = undefined;
      }));
    },
  };
}

async function loadForLogin(entry: SessionEntry): Promise<SessionCore> {
  await startSession(entry);
  return entry.loadCore();
}

/**
 * Makes the error of a login the state's error, unless the core has done so. A page that is about to reload for its
 * code does not show it.
 */
function showFailure({ core, store, hub }: SessionEntry, caught: unknown): AuthError {
  const error = toAuthError(caught);
  if (core === undefined || error.code === 'chunk_load_failed') {
    store().set(failed(store().get(), error));
    hub.set({ type: 'login-failed', error });
  }
  return error;
}
