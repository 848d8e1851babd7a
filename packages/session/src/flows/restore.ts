import type { FlowContext } from './flow-context.js';
import { hasOldSession } from '../migrate/has-old-session.js';
import { isLogoutPending } from '../storage/logout-marker.js';
import { recordNames } from '../storage/record-names.js';
import type { User } from '../user.js';
import { mayHaveTraces, mayHaveSession, readStoredUser } from './remembered-user.js';

/** Options of a restore. */
export interface RestoreOptions {
  /** Revalidate with the server, e.g. after another tab has posted a change. Default `false`. */
  readonly revalidate?: boolean | undefined;
}

/** Restores a session; resolves to whether there is one. */
export type Restore = (options?: RestoreOptions) => Promise<boolean>;

/** Creates the function that restores the session of this browser. */
export function createRestore(context: FlowContext): Restore {
  const { config, records, end, dispatch, store } = context;

  return async ({ revalidate = false } = {}) => {
    // A change that another tab has just posted is newer than a marker in storage.
    if (!revalidate && isLogoutPending(config.key)) {
      // It would end the login in progress, which ends the logout or leaves it for later.
      return store.get().status === 'authenticating' ? false : finishLogout();
    }
    const user = revalidate || (await isWorthLoading()) ? await findUser(revalidate) : null;
    dispatch(user === null ? { type: 'session-absent' } : { type: 'session-found', user });
    context.armTimer();
    if (user !== null) context.prepareSignedIn();
    return user !== null;
  };

  /** Whether there is any sign of a session, which justifies loading the driver. */
  async function isWorthLoading(): Promise<boolean> {
    if (context.engine() !== undefined || mayHaveSession(config) || hasOldSession(config))
      return true;
    return hasTokens();
  }

  /** Whether tokens are stored: the snapshot may have been cleared, or never written for lack of space. */
  async function hasTokens(): Promise<boolean> {
    // The database is not created for a user who has never logged in here.
    if (config.mode !== 'refresh-token' || !(await mayHaveTraces(config))) return false;
    const record = await records.tokens.get(recordNames(config.key).tokens).catch(() => undefined);
    return record !== undefined;
  }

  async function findUser(revalidate: boolean): Promise<User | null> {
    const { driver } = await context.loadEngine();
    const isShown = store.get().status === 'authenticated';
    let isForgotten = readStoredUser(config) === null;
    const user = await driver.restore({ revalidate });
    isForgotten ||= isLogoutPending(config.key);
    // Another tab has logged out since this page first rendered the user, and its notice has not arrived yet.
    if (user === null && isShown && isForgotten) {
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    }
    return user;
  }

  /** Completes a logout that did not reach the server or the browser's storage. */
  async function finishLogout(): Promise<false> {
    const isStart = store.get().status === 'initializing';
    context.engine()?.timer.disarm();
    context.engine()?.driver.signOutLocally();
    // The state must not wait for the server.
    dispatch({ type: 'session-ended', reason: isStart ? 'logged-out' : 'logged-out-elsewhere' });
    await end.forgetRest();
    await end.notifyServer();
    return false;
  }
}
