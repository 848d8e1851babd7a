import { AuthError, toAuthError } from '../errors.js';
import { findCallback } from '../login/find-callback.js';
import type { FlowContext } from './flow-context.js';
import { completeOnce } from './complete-once.js';
import { findHeldCallback } from './held-callback.js';
import { takeReloadedLogin } from './reloaded-login.js';
import type { Restore, RestoreOptions } from './restore.js';
import { readTabLogins } from '../storage/tab-logins.js';

/** The start of a session. */
export interface Start {
  /** Completes a callback or looks for a session, once. Does not reject. */
  readonly start: () => Promise<void>;
  /** Looks again for what may have changed since the start. */
  readonly catchUp: (options?: RestoreOptions) => void;
}

/** Makes the start of a session. `endRedirect` ends a login whose callback has arrived in this page. */
export function createStart(
  context: FlowContext,
  restore: Restore,
  endRedirect: (error: AuthError | null | undefined) => void,
): Start {
  const { config, dispatch, store, callback, beginLogin } = context;
  let started: Promise<void> | undefined;
  let completing: Promise<void> | undefined;

  async function begin(): Promise<void> {
    try {
      context.checkPage(config);
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
      return store.get().error ?? null;
    });
    const error = await failure;
    if (isOwn) return;
    callback.url = undefined;
    if (error !== null) dispatch({ type: 'login-failed', error });
    await restore({ revalidate: true });
  }

  async function completeHere(url: URL): Promise<void> {
    const engine = await context.loadEngine();
    callback.url = undefined;
    const outcome = await engine.completeCallback(url, restore);
    const { status, error } = store.get();
    // Its login page may have been open beside this page.
    if (outcome === 'login-over') endRedirect(status === 'authenticating' ? tookTooLong() : error);
    const { pendingPage: returnTo } = readTabLogins(config.key);
    if (outcome === 'login-due') beginLogin({ returnTo, isAutomatic: true }, true);
    else context.tabs.post('changed');
    context.armTimer();
    if (store.get().status === 'authenticated') context.prepareSignedIn();
  }

  function start(): Promise<void> {
    // On a server, requests share the session.
    if (typeof window === 'undefined') return Promise.resolve();
    return (started ??= begin());
  }

  return {
    start,
    catchUp(options) {
      // A failed read is retried at the next occasion.
      start()
        .then(() => completeOrRestore(options))
        .catch(() => {});
    },
  };
}

function tookTooLong(): AuthError {
  return new AuthError('callback_rejected', 'The login took too long. Log in again.');
}
