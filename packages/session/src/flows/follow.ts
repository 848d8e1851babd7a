import type { SessionCore } from '../session-core.js';
import { readRememberedUser } from './remembered-user.js';
import { watchPage } from './lifecycle.js';
import type { Start } from './start.js';

/** Subscribes to the state; returns a function that ends the subscription. */
export type Subscribe = (listener: () => void) => () => void;

/**
 * Creates `session.subscribe`. While there is a subscription, the session follows the other tabs and the page's
 * lifecycle: sleep, the network, the back/forward cache.
 */
export function createFollowing(core: SessionCore, { catchUp }: Pick<Start, 'catchUp'>): Subscribe {
  let stopFollowing: (() => void) | undefined;

  return (listener) => {
    const store = core.store();
    const isFirst = !store.hasListeners();
    const unsubscribe = store.subscribe(listener);
    if (isFirst) stopFollowing = follow(core, catchUp);
    return () => {
      if (unsubscribe() && !store.hasListeners()) stopFollowing?.();
    };
  };
}

/** Starts to follow; returns a function that stops it. */
function follow(core: SessionCore, catchUp: Start['catchUp']): () => void {
  const { config, tabs, dispatch, store } = core;
  const listen = (): (() => void) =>
    tabs.listen((notice) =>
      notice === 'changed' ? catchUp({ revalidate: true }) : signOutLocally(core),
    );
  const disarm = (): void => core.engine()?.timer.disarm();

  let stopListening = listen();
  const stopWatching = watchPage({
    onWake() {
      disarm();
      catchUp();
    },
    onSleep: disarm,
    onHide: () => stopListening(),
    onRestored() {
      stopListening = listen();
      dispatch({ type: 'page-restored', user: readRememberedUser(config, store().get()) });
      // The page may have missed notices.
      catchUp({ revalidate: true });
    },
  });
  catchUp();
  return () => {
    stopListening();
    stopWatching();
    disarm();
  };
}

/** Signs out this page after a logout in another tab. */
function signOutLocally({ engine, dispatch, records, end }: SessionCore): void {
  engine()?.timer.disarm();
  engine()?.driver.signOutLocally();
  dispatch({ type: 'session-ended', reason: 'logged-out-elsewhere' });
  // Tokens in memory are this page's alone, so it must revoke them.
  if (engine() !== undefined && !records.tokens.isLasting) {
    void end.forgetTokens().then(() => end.tellServer());
  }
}
