import { listen } from '../platform/listen.js';

/** What can happen to a page that a session must answer. */
export interface PageEvents {
  /** The page became visible or the network came back: a good moment to catch up. */
  readonly onWake: () => void;
  /** The page went out of sight: no timers while nobody looks. */
  readonly onSleep: () => void;
  /** The page goes away, perhaps into the back/forward cache, which an open channel would bar. */
  readonly onHide: () => void;
  /** The page was taken out of the back/forward cache: all it shows may be out of date. */
  readonly onRestored: () => void;
}

/** Watches the page's life; returns how to stop. */
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

/** Whether somebody may be looking at the page. */
export function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
