import type { LoginRequest } from '../driver.js';
import { toAuthError } from '../errors.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import { readTabLogins, updateTabLogins } from '../storage/tab-logins.js';

/** A page reloads by itself at most once in this time. */
const WINDOW_MS = 60_000;

/** A page that is still here after this has not left, such as when the user chose to stay. */
const LEAVE_TIMEOUT_MS = 15_000;

/**
 * Leaves for a login. Where the code for it is gone, as after a deploy, the page is reloaded once, and the login goes
 * on in the new page; see {@link takeReloadedLogin}.
 * @throws AuthError `chunk_load_failed` when the page was reloaded a moment ago, or the browser cannot remember that;
 * what `leave` throws
 */
export async function reloadForLogin(
  key: string,
  request: () => LoginRequest,
  leave: () => Promise<never>,
): Promise<never> {
  try {
    return await leave();
  } catch (caught) {
    const error = toAuthError(caught);
    if (error.code !== 'chunk_load_failed' || !keepLogin(key, request())) throw error;
    location.reload();
    await new Promise((resolve) => setTimeout(resolve, LEAVE_TIMEOUT_MS));
    throw error;
  }
}

/** Keeps the login over the reload. Returns whether to reload. */
function keepLogin(key: string, { options, isAutomatic }: LoginRequest): boolean {
  const { reloadedAt = -Infinity } = readTabLogins(key);
  const now = Date.now();
  if (Math.abs(now - reloadedAt) < WINDOW_MS) return false;
  return updateTabLogins(key, {
    reloadedAt: now,
    reloadedFor: { ...options, isAutomatic: isAutomatic === true },
  });
}

/** The login that the page was reloaded for, once. */
export function takeReloadedLogin(key: string): RedirectLoginOptions | undefined {
  const { reloadedFor } = readTabLogins(key);
  if (reloadedFor === undefined) return undefined;
  // Counted from now, so that a page that took long to come back does not reload again.
  updateTabLogins(key, { reloadedAt: Date.now(), reloadedFor: undefined });
  return reloadedFor;
}
