import { toAuthError } from '../errors.js';
import { requireHandlerPath } from '../drivers/handler-path.js';
import { findCallback } from '../login/find-callback.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import { whenActivated } from '../platform/activation.js';
import type { SessionCore } from '../session-core.js';
import { completeOnce } from './complete-once.js';
import { findHeldCallback } from './held-callback.js';
import { takeReloadedLogin } from './reload-for-login.js';
import type { Restore, RestoreOptions } from './restore.js';

/** What the start needs from its session. */
export interface StartContext {
  readonly core: SessionCore;
  /** The callback that was in the URL when the session was created, until it is completed. */
  readonly callback: { url: URL | undefined };
  readonly restore: Restore;
  /** Starts an automatic login; its errors are set in the state. */
  readonly beginLogin: (options: RedirectLoginOptions, isRetry?: boolean) => void;
}

/** The start of a session. */
export interface Start {
  /** Completes a callback or restores a session, once. Does not reject. */
  readonly start: () => Promise<void>;
  /** Restores again, for changes since the start. */
  readonly catchUp: (options?: RestoreOptions) => void;
}

/** Creates the start of a session. */
export function createStart({ core, callback, restore, beginLogin }: StartContext): Start {
  const { config, dispatch, store } = core;
  let started: Promise<void> | undefined;
  let completing: Promise<void> | undefined;

  async function begin(): Promise<void> {
    try {
      requireHandlerPath(config);
      await completeOrRestore();
    } catch (error) {
      // A remembered user stays signed in: the server has not ended the session.
      dispatch({ type: 'start-failed', error: toAuthError(error) });
    }
    const login = takeReloadedLogin(config.key);
    if (login !== undefined) beginLogin(login);
  }

  /** Completes a pending callback, or else restores a session. */
  async function completeOrRestore(options?: RestoreOptions): Promise<void> {
    const url = callback.url ?? findCallback(config) ?? findHeldCallback(config);
    if (url === undefined) await restore(options);
    else await (completing ??= complete(url).finally(() => (completing = undefined)));
  }

  async function complete(url: URL): Promise<void> {
    const { isOwn, failure } = completeOnce(config.key, async () => {
      await completeHere(url);
      const state = store().get();
      return 'error' in state ? state.error : null;
    });
    const error = await failure;
    if (isOwn) return;
    callback.url = undefined;
    if (error !== null) dispatch({ type: 'login-failed', error });
    await restore({ revalidate: true });
  }

  async function completeHere(url: URL): Promise<void> {
    const engine = await core.loadEngine();
    callback.url = undefined;
    const isLoginDue = await engine.completeCallback(url, restore);
    if (isLoginDue) beginLogin({ isAutomatic: true }, true);
    else core.tabs.post('changed');
    core.armTimer();
    if (store().get().status === 'authenticated') core.prepareSignedIn();
  }

  return {
    start() {
      if (typeof window === 'undefined') return Promise.resolve();
      return (started ??= whenActivated(begin));
    },
    catchUp(options) {
      // A failed read is retried at the next occasion.
      started?.then(() => completeOrRestore(options)).catch(() => {});
    },
  };
}
