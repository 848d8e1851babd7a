import { ended, restored } from '../state.js';
import { watchPage } from '../flows/lifecycle.js';
import { isStartNeeded } from './load-to-start.js';
import { readRememberedUser } from '../flows/remembered-user.js';
import type { RestoreOptions } from '../flows/restore.js';
import type { SessionEntry } from './session-entry.js';

/**
 * Makes `session.subscribe`. While there is a subscription, the session follows the other tabs, and what happens to the
 * page: sleep, the network, the back/forward cache.
 */
export function createFollowing(entry: SessionEntry): (listener: () => void) => () => void {
  let stopFollowing: (() => void) | undefined;

  return (listener) => {
    const store = entry.store();
    const isFirst = !store.hasListeners();
    const unsubscribe = store.subscribe(listener);
    if (isFirst) stopFollowing = follow(entry);
    return () => {
      if (unsubscribe() && !store.hasListeners()) stopFollowing?.();
    };
  };
}

/** Follows until the function that it returns is called. */
function follow(entry: SessionEntry): () => void {
  const { config, tabs, loadCore } = entry;
  const store = entry.store();

  /** Looks for what has changed since the start. What cannot be read now is read at the next occasion. */
  function catchUp(options?: RestoreOptions): void {
    entry.started
      ?.then(async () => {
        const isNeeded = entry.core ?? options ?? (await isStartNeeded(entry));
        if (isNeeded) (await loadCore()).catchUp(options);
      })
      .catch(() => {});
  }

  const sleep = (): void => entry.core?.sleep();
  const signOut = (): void => {
    if (entry.core) entry.core.signOutLocally();
    else store.set(ended(store.get(), 'logged-out-elsewhere'));
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
      const state = store.get();
      store.set(restored(state, readRememberedUser(config, state)));
      // Notices have been missed meanwhile.
      catchUp(entry.core && { revalidate: true });
    },
  });
  catchUp();
  return () => {
    stopListening();
    stopWatching();
    sleep();
  };
}
