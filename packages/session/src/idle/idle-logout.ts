import { AuthError } from '../errors.js';
import { listen } from '../platform/listen.js';
import type { Session } from '../session.js';
import { createStore } from '../store.js';
import { createCountdown } from './countdown.js';
import { createIdleEnd } from './idle-end.js';
import { OFF, type IdleState } from './idle-state.js';
import { createIdleTime } from './idle-time.js';

/** Options of {@link createIdleLogout}. */
export interface IdleLogoutOptions {
  /** Logs out after this time without activity in any tab. */
  readonly afterSeconds: number;
  /** Warns this long before. `0` for no warning. Default 60, or half of `afterSeconds` if that is less. */
  readonly warnSeconds?: number | undefined;
  /** Logs out. Called in one tab only. Default `session.logout()`. */
  readonly logout?: (() => Promise<unknown>) | undefined;
}

/** A logout of users who are not active, shared by all tabs. */
export interface IdleLogout {
  /** Returns the current state; the same reference until it changes. */
  readonly getSnapshot: () => IdleState;
  /** Calls `listener` after each change. Idle time is measured while there is a listener. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Counts as activity, e.g. while a video plays or for input in a frame, which the page does not see. */
  readonly stayActive: () => void;
}

/** What counts as activity. */
const ACTIVITIES = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** The app's own handlers may stop an event on its way. */
const LISTENING = { capture: true, passive: true };

/**
 * Creates the logout of a session whose user is not active: after `afterSeconds` without activity in any tab, one tab
 * logs out. Idle time includes sleep and the time in which no page is open. Subscribe to it in every page that is to
 * count: time on a page without it is idle time.
 * @throws AuthError `invalid_configuration` for times that are not positive, or a warning that is not shorter
 */
export function createIdleLogout(session: Session, options: IdleLogoutOptions): IdleLogout {
  const { afterMs, warnMs } = readTimes(options);
  const { logout = () => session.logout() } = options;
  // Not a prefix of the session's own entries, which show that there is a session.
  const name = `sesamy-kit-idle:${encodeURIComponent(session.clientId)}@${session.issuer}`;
  const isSignedIn = (): boolean => session.getSnapshot().status === 'authenticated';
  const store = createStore<IdleState>(OFF);
  const time = createIdleTime(name, afterMs);
  const end = createIdleEnd({ name, time, isSignedIn, logout });
  const { check, stop: stopCountdown } = createCountdown({ store, time, warnMs, isSignedIn, end });
  let stopFollowing = (): void => {};
  let wasSignedIn = false;

  function record(): void {
    time.record();
    check();
  }

  function onActivity(): void {
    if (!isSignedIn() || (time.isRecent() && store.get().status === 'active')) return;
    // The first movement after sleep must not avert a logout that was due during it.
    if (time.leftMs() > 0) record();
    else check();
  }

  function onState(): void {
    const isNow = isSignedIn();
    if (isNow === wasSignedIn) return;
    wasSignedIn = isNow;
    const { status } = session.getSnapshot();
    if (status === 'unauthenticated' || status === 'logging-out') time.forget();
    // The event of a login comes after the state, and records it.
    queueMicrotask(begin);
  }

  /** Starts to measure at the first sight of a session of which no tab has recorded activity. */
  function begin(): void {
    if (isSignedIn() && !time.isKnown()) time.record();
    check();
  }

  function follow(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    for (const type of ACTIVITIES) window.addEventListener(type, onActivity, LISTENING);
    listen(document, 'visibilitychange', check, signal);
    listen(window, 'pageshow', check, signal);
    time.listen(check, signal);
    const stops = [session.subscribe(onState), session.on('login-succeeded', record)];
    wasSignedIn = isSignedIn();
    begin();
    return () => {
      stop.abort();
      for (const type of ACTIVITIES) window.removeEventListener(type, onActivity, LISTENING);
      for (const stopListening of stops) stopListening();
      stopCountdown();
    };
  }

  return {
    getSnapshot: () => store.get(),
    subscribe(listener) {
      const isFirst = !store.hasListeners();
      const unsubscribe = store.subscribe(listener);
      if (isFirst) stopFollowing = follow();
      return () => {
        if (unsubscribe() && !store.hasListeners()) stopFollowing();
      };
    },
    stayActive: onActivity,
  };
}

function readTimes({ afterSeconds, warnSeconds }: IdleLogoutOptions): {
  readonly afterMs: number;
  readonly warnMs: number;
} {
  const warn = warnSeconds ?? Math.min(60, afterSeconds / 2);
  const areGood =
    afterSeconds > 0 && Number.isFinite(afterSeconds) && warn >= 0 && warn < afterSeconds;
  if (areGood) return { afterMs: afterSeconds * 1000, warnMs: warn * 1000 };
  throw new AuthError(
    'invalid_configuration',
    '"afterSeconds" must be a positive number, and "warnSeconds" a smaller one.',
  );
}
