import { listen } from '../platform/listen.js';

/** The page events that a session reacts to. */
export interface PageEvents {
  /** The page became visible or the network came back: a good moment to catch up. */
  readonly onWake: () => void;
  /** The page was hidden: timers stop. */
  readonly onSleep: () => void;
  /** The page unloads, perhaps into the back/forward cache, which an open channel would prevent. */
  readonly onHide: () => void;
  /** The page was restored from the back/forward cache: its state may be out of date. */
  readonly onRestored: () => void;
}

/** Watches the page's lifecycle; returns a function that stops it. */
export function watchPage(events: PageEvents): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const onVisibility = (): void => (isVisible() ? events.onWake() : events.onSleep());
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) events.onRestored();
  };
  listen(document, 'visibilitychange', onVisibility, signal);
  listen(window, 'online', events.onWake, signal);
  listen(window, 'pagehide', events.onHide, signal);
  listen(window, 'pageshow', onShow, signal);
  return () => stop.abort();
}

/** Whether the page is visible. */
export function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
