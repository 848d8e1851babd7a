import type { Driver } from '../driver.js';
import { isAuthError } from '../errors.js';
import { isVisible } from '../flows/lifecycle.js';
import type { User } from '../user.js';
import type { CookieSession } from './silent-ports.js';

/** Without a known user, an unreachable server is not probed again for this long, in any tab. */
const RETRY_MS = 30_000;

/** Creates the function that restores a session that a cookie keeps. */
export function createCookieRestore({
  events,
  user,
  pause,
  logouts,
  tokens,
}: CookieSession): Driver['restore'] {
  return async ({ revalidate }) => {
    const isLoggedOutSince = logouts.watch();
    const { isPaused, isLoggedOut } = await pause.read();
    if (isLoggedOutSince()) return null;
    if (isLoggedOut) {
      // Another tab has logged out.
      const before = user.lastSubject();
      user.hold(null);
      if (before) events.onEnded('logged-out-elsewhere');
      return null;
    }
    const remembered = user.readRemembered();
    const known = findKnown(remembered);
    if (known === null) return isPaused ? null : probeSession();
    user.subject = known.sub;
    const isEnough = tokens.peekAccessToken() !== null && !revalidate;
    // In a hidden page, the remembered user is enough.
    if (isEnough || (!isVisible() && remembered !== undefined)) return known;
    const pendingUser = fetchUser();
    if (revalidate) return pendingUser.catch(() => (isLoggedOutSince() ? null : known));
    // Return the known user now, and revalidate in the background.
    pendingUser.catch(() => {});
    return known;
  };

  function findKnown(remembered: User | null | undefined): User | null {
    const hasChanged = remembered !== undefined && remembered?.sub !== tokens.record?.user.sub;
    // The tokens belong to the previous user.
    if (hasChanged) tokens.hold(null);
    return tokens.record?.user ?? remembered ?? null;
  }

  /** Resolves to the user, or `null` if the server has no session. */
  async function fetchUser(): Promise<User | null> {
    try {
      await tokens.refresh();
      return tokens.record?.user ?? null;
    } catch (error) {
      if (isAuthError(error) && error.code === 'login_required') return null;
      throw error;
    }
  }

  /** Resolves to `null`, without an error, if there is no known user and the server is unreachable. */
  async function probeSession(): Promise<User | null> {
    try {
      return await fetchUser();
    } catch (error) {
      if (!isAuthError(error) || !error.retryable) throw error;
      await pause.set(Date.now() + RETRY_MS);
      return null;
    }
  }
}
