import { toAuthError } from '../errors.js';
import type { BaseConfig } from '../options.js';
import { whenActivated } from '../platform/activation.js';
import type { SessionCore } from '../session-core.js';
import { failed, INITIALIZING, signedOut, type SessionState } from '../state.js';
import type { Store } from '../store.js';
import { dropReloadedLogin } from './reload-for-login.js';
import { isStartNeeded as hasTraces } from './remembered-user.js';

/** The start of a session, which loads the core if there is anything to do. */
export interface EntryStart {
  readonly start: () => Promise<void>;
  /** Returns the start if it has begun. */
  readonly started: () => Promise<void> | undefined;
  /** Whether the start has anything to do. */
  readonly isStartNeeded: () => Promise<boolean>;
}

/** Creates the start. */
export function createEntryStart(
  config: BaseConfig,
  callback: { readonly url: URL | undefined },
  store: () => Store<SessionState>,
  loadCore: () => Promise<SessionCore>,
): EntryStart {
  let started: Promise<void> | undefined;

  async function isStartNeeded(): Promise<boolean> {
    return callback.url !== undefined || hasTraces(config);
  }

  async function begin(): Promise<void> {
    try {
      if (await isStartNeeded()) {
        await (await loadCore()).start();
      } else if (store().get() === INITIALIZING) {
        store().set(signedOut('none'));
      }
    } catch (error) {
      // The login that the page was reloaded for has failed as well, and must not start at a later load.
      const isForLogin = dropReloadedLogin(config.key);
      const state = store().get();
      // A remembered user stays signed in: the server has not ended the session.
      if (isForLogin || state === INITIALIZING) store().set(failed(state, toAuthError(error)));
    }
  }

  return {
    start() {
      if (typeof window === 'undefined') return Promise.resolve();
      return (started ??= whenActivated(begin));
    },
    started: () => started,
    isStartNeeded,
  };
}
