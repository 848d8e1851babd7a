import type { SessionCore } from '../session-core.js';
import { isLogoutPending } from '../storage/pending-logout.js';
import { recordNames } from '../storage/session-records.js';
import type { User } from '../user.js';
import { mayHaveSession, readStoredUser } from './remembered-user.js';

/** How a session is looked for. */
export interface RestoreOptions {
  /** Whether to ask the server again, as when another tab has posted a change. Default `false`. */
  readonly revalidate?: boolean | undefined;
}

/** Looks for a session; resolves to whether there is one. */
export type Restore = (options?: RestoreOptions) => Promise<boolean>;

/** Makes what looks for the session that this browser already has. */
export function createRestore(core: SessionCore): Restore {
  const { config, records, end, dispatch, store } = core;

  return async ({ revalidate = false } = {}) => {
    // A change that another tab has just posted is newer than a marker in storage.
    if (!revalidate && isLogoutPending(config.key)) return finishLogout();
    const user = revalidate || (await isWorthLoading()) ? await findUser(revalidate) : null;
    dispatch(user === null ? { type: 'session-absent' } : { type: 'session-found', user });
    core.armTimer();
    if (user !== null) core.prepareSignedIn();
    return user !== null;
  };

  /** Without a sign of a session there is no need to load what restores one. */
  async function isWorthLoading(): Promise<boolean> {
    return core.engine() !== undefined || mayHaveSession(config) || hasTokens();
  }

  /** The record decides: the snapshot may have been cleared, or never written for want of space. */
  async function hasTokens(): Promise<boolean> {
    if (config.mode !== 'refresh-token') return false;
    const record = await records.tokens.get(recordNames(config.key).tokens).catch(() => undefined);
    return record !== undefined;
  }

  async function findUser(revalidate: boolean): Promise<User | null> {
    const { driver } = await core.loadEngine();
    const isShown = store().get().status === 'authenticated';
    let isForgotten = readStoredUser(config) === null;
    const user = await driver.restore({ revalidate });
    isForgotten ||= isLogoutPending(config.key);
    // Another tab has logged out since this page first rendered the user, and its notice has yet to arrive.
    if (user === null && isShown && isForgotten) {
      dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
    }
    return user;
  }

  /** Completes a logout that the server or the browser's storage has missed. */
  async function finishLogout(): Promise<false> {
    const isStart = store().get().status === 'initializing';
    core.engine()?.timer.disarm();
    core.engine()?.driver.signOutLocally();
    // The page must not wait for the server to show it.
    dispatch({ type: 'session-ended', reason: isStart ? 'logged-out' : 'logged-out-elsewhere' });
    await end.forget();
    await end.tellServer();
    return false;
  }
}
