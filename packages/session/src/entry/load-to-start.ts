import { toAuthError } from '../errors.js';
import { whenActivated } from '../platform/activation.js';
import { failed, INITIALIZING, signedOut } from '../state.js';
import { dropReloadedLogin } from '../flows/reload-for-login.js';
import { mayHaveTraces } from '../flows/remembered-user.js';
import type { SessionEntry } from './session-entry.js';

/** Starts the session once: loads the core if there is anything to do. Does not reject. */
export function startSession(entry: SessionEntry): Promise<void> {
  // On a server, requests share the session.
  if (typeof window === 'undefined') return Promise.resolve();
  return (entry.started ??= whenActivated(() => begin(entry)));
}

/** Whether the start has anything to do. */
export async function isStartNeeded({ callback, config }: SessionEntry): Promise<boolean> {
  return callback.url !== undefined || mayHaveTraces(config);
}

async function begin(entry: SessionEntry): Promise<void> {
  const store = entry.store();
  try {
    if (await isStartNeeded(entry)) {
      await (await entry.loadCore()).start();
    } else if (store.get() === INITIALIZING) {
      store.set(signedOut('none'));
    }
  } catch (error) {
    // The login that the page was reloaded for has failed as well, and must not start at a later load.
    const isForLogin = dropReloadedLogin(entry.config.key);
    const state = store.get();
    // A remembered user stays signed in: the server has not ended the session.
    if (isForLogin || state === INITIALIZING) store.set(failed(state, toAuthError(error)));
  }
}
