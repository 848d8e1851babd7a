import { watchPage } from './lifecycle.js';
import type { Tabs } from '../tabs/notices.js';

/** What a session does when something happens outside its page. */
export interface FollowContext {
  readonly tabs: Tabs;
  /** Looks for what has changed; with `isNews` also where nothing in this page says that there is something. */
  readonly catchUp: (isNews?: boolean) => void;
  /** There was a logout in another tab. */
  readonly onLoggedOut: () => void;
  /** The page is out of sight, or about to catch up. */
  readonly onSleep: () => void;
  /** The page came out of the back/forward cache. */
  readonly onRestored: () => void;
}

/** Makes what follows other tabs, sleep and the network from a call on, until the function that it returns is called. */
export function createFollow({
  tabs,
  catchUp,
  onLoggedOut,
  onSleep,
  onRestored,
}: FollowContext): () => () => void {
  const listen = (): (() => void) =>
    tabs.listen((notice) => (notice === 'changed' ? catchUp(true) : onLoggedOut()));

  return () => {
    let stopListening = listen();
    const stopWatching = watchPage({
      onWake() {
        onSleep();
        catchUp();
      },
      onSleep,
      onHide: () => stopListening(),
      onRestored() {
        stopListening = listen();
        onRestored();
        // It has heard nothing meanwhile, so anything may be news.
        catchUp(true);
      },
    });
    catchUp();
    return () => {
      stopListening();
      stopWatching();
      onSleep();
    };
  };
}
