import type { BaseConfig } from '../options.js';
import type { SessionCore } from '../session-core.js';
import { ended, restored, type SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';
import { watchPage } from './lifecycle.js';
import { readRememberedUser } from './remembered-user.js';
import type { RestoreOptions } from './restore.js';

/** What following needs of its session. */
export interface FollowContext {
  readonly config: BaseConfig;
  readonly tabs: Tabs;
  readonly store: () => Store<SessionState>;
  /** Returns the core if it is loaded. */
  readonly core: () => SessionCore | undefined;
  readonly loadCore: () => Promise<SessionCore>;
  /** Whether the start of the session has anything to do. */
  readonly isStartNeeded: () => Promise<boolean>;
  /** Returns the start of the session if it has begun. */
  readonly started: () => Promise<void> | undefined;
}

/**
 * Makes `session.subscribe`. While there is a subscription, the session follows the other tabs, and what happens to the
 * page: sleep, the network, the back/forward cache.
 */
export function createFollowing(context: FollowContext): (listener: () => void) => () => void {
  let stopFollowing: (() => void) | undefined;

  return (listener) => {
    const store = context.store();
    const isFirst = !store.hasListeners();
    const unsubscribe = store.subscribe(listener);
    if (isFirst) stopFollowing = follow(context);
    return () => {
      if (unsubscribe() && !store.hasListeners()) stopFollowing?.();
    };
  };
}

/** Follows until the function that it returns is called. */
function follow(context: FollowContext): () => void {
  const { config, tabs, store, core, loadCore, isStartNeeded, started } = context;

  /** Looks for what has changed since the start. What cannot be read now is read at the next occasion. */
  function catchUp(options?: RestoreOptions): void {
    const start = started();
    if (start === undefined) return;
    const running = core();
    if (running !== undefined) running.catchUp(options);
    else start.then(() => loadToCatchUp(options)).catch(() => {});
  }

  async function loadToCatchUp(options?: RestoreOptions): Promise<void> {
    if (options !== undefined || (await isStartNeeded())) (await loadCore()).catchUp(options);
  }

  const sleep = (): void => core()?.sleep();
  const signOut = (): void => {
    const running = core();
    if (running !== undefined) running.signOutLocally();
    else store().set(ended(store().get(), 'logged-out-elsewhere'));
  };
  const listen = (): (() => void) =>
    tabs.listen((notice) => (notice === 'changed' ? catchUp({ revalidate: true }) : signOut()));

  let stopListening = listen();
  const stopWatching = watchPage({
    onWake() {
      sleep();
      catchUp();
    },
    onSleep: sleep,
    onHide: () => stopListening(),
    onRestored() {
      stopListening = listen();
      const state = store().get();
      store().set(restored(state, readRememberedUser(config, state)));
      // Notices have been missed meanwhile.
      catchUp(core() && { revalidate: true });
    },
  });
  catchUp();
  return () => {
    stopListening();
    stopWatching();
    sleep();
  };
}
