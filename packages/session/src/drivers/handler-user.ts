import type { DriverEvents } from '../driver.js';
import type { SessionConfig } from '../options.js';
import type { EndReason } from '../state.js';
import { hasCookie } from '../storage/cookies.js';
import { removeCookie } from '../storage/hint-cookie.js';
import { isLogoutPending } from '../storage/logout-marker.js';
import { readSnapshot } from '../storage/snapshot.js';
import type { User } from '../user.js';
import { requestUserinfo } from './handler-userinfo.js';
import { countLogouts } from './logouts.js';
import { createPageUser, type PageUser } from './page-user.js';

/** A page that becomes visible again does not revalidate the user within this time. */
const FRESH_MS = 10_000;

/** The user of a token handler's session, as cached by this page. */
export interface HandlerUser extends Pick<PageUser, 'current' | 'isSignedOut' | 'set'> {
  /** See `Driver.restore`. */
  readonly restore: (options: { readonly revalidate: boolean }) => Promise<User | null>;
  /** Fetches the user again: the response of a pending request may be out of date. */
  readonly refetch: () => Promise<User | null>;
  /** Fetches the user and notifies the session. */
  readonly revalidate: () => Promise<User | null>;
  /** Ends the session, which the handler no longer has. */
  readonly end: (reason: EndReason) => null;
  /** Signs out this page. The snapshot is shared with the other tabs, so it stays. */
  readonly signOutLocally: () => void;
}

/** Creates the user. Requests nothing until it is used. */
export function createHandlerUser(config: SessionConfig, events: DriverEvents): HandlerUser {
  const { key, authPath, hintCookie, fetch } = config;
  const page = createPageUser(config);
  const { current, isSignedOut, set } = page;
  const logouts = countLogouts();
  let pending: Promise<User | null> | undefined;
  let fetchedAt = -Infinity;

  function end(reason: EndReason): null {
    removeCookie(hintCookie);
    const wasKnown = current() ?? readSnapshot(key);
    logouts.add();
    set(null);
    if (wasKnown) events.onEnded(reason);
    return null;
  }

  /** Resolves to the handler's signed-in user; callers share one request. */
  function fetchUser(): Promise<User | null> {
    pending ??= probeSession().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  async function probeSession(): Promise<User | null> {
    const isLoggedOut = logouts.watch();
    const user = await requestUserinfo(authPath, fetch);
    // A response from before a logout must not restore the session.
    if (isLoggedOut() || isLogoutPending(key)) return null;
    fetchedAt = performance.now();
    if (user === null) return end('expired');
    set(user);
    return user;
  }

  async function refetch(): Promise<User | null> {
    await pending?.catch(() => {});
    return fetchUser();
  }

  async function revalidate(): Promise<User | null> {
    const user = await fetchUser();
    if (user !== null) events.onRenewed(user, false);
    return user;
  }

  return {
    current,
    isSignedOut,
    set,
    refetch,
    revalidate,
    end,
    async restore({ revalidate: isRevalidated }) {
      if (isLogoutPending(key)) {
        events.onEnded('logged-out');
        return null;
      }
      if (!hasCookie(hintCookie)) return end('logged-out-elsewhere');
      const shown = page.read();
      if (shown === null) return refetch();
      if (isRevalidated) {
        const isLoggedOut = logouts.watch();
        return refetch().catch(() => (isLoggedOut() ? null : shown));
      }
      // Return the known user now, and revalidate in the background.
      if (performance.now() > fetchedAt + FRESH_MS) revalidate().catch(() => {});
      return shown;
    },
    signOutLocally() {
      logouts.add();
      page.clear();
    },
  };
}
