import { AuthError } from '../errors.js';
import type { LoginOptions } from '../login/login-options.js';
import { isLoginDue } from '../login/login-due.js';
import type { SessionState } from '../state.js';
import { updateTab } from '../storage/tab-entry.js';
import { readTabLogins } from '../storage/tab-logins.js';

/** How many automatic logins may fail within {@link WINDOW_MS}. */
const LIMIT = 2;
const WINDOW_MS = 60_000;

/** A session that ends sooner than this after its login counts as a failed login. */
const LASTING_MS = 3_000;

/**
 * Checks that a login may start without a click in this state.
 * @throws AuthError the error of the failed login; `login_required` after a logout
 */
export function expectAutomatic(state: SessionState): void {
  if (state.status === 'authenticating' || isLoginDue(state)) return;
  if (state.error) throw state.error;
  if (state.status === 'authenticated') return;
  throw new AuthError(
    'login_required',
    'The user has logged out. Offer the login in place of beginning it.',
  );
}

/**
 * Counts a login that starts without a click, so that no guard can loop, whatever makes its logins fail.
 * @param wanted what the login is for. One that succeeds, and is needed again for the same strength or scope, has not helped
 * @throws AuthError `login_loop` at the third within a minute in this tab; `storage_unavailable` if they cannot be
 * counted
 */
export function countAutomatic(key: string, wanted: LoginOptions = {}): void {
  const now = Date.now();
  const { maxAgeSeconds, acrValues, scope } = wanted;
  const isPlain = maxAgeSeconds === undefined && acrValues === undefined && scope === undefined;
  const purpose = isPlain ? undefined : JSON.stringify([maxAgeSeconds, acrValues, scope]);
  const { automaticAt = [], automaticFor, completedAt = now } = readTabLogins(key);
  const isNeededAgain = purpose !== undefined && purpose === automaticFor;
  const hasSucceeded = !isNeededAgain && Math.abs(now - completedAt) >= LASTING_MS;
  // A clock that was set back must not extend the window.
  const recent = hasSucceeded ? [] : automaticAt.filter((at) => Math.abs(now - at) < WINDOW_MS);
  if (recent.length >= LIMIT) {
    throw new AuthError(
      'login_loop',
      'Two logins began by themselves within a minute and did not succeed. Offer the login; check that the page at redirectUri keeps the query of the callback until the session has started.',
    );
  }
  const counted = { automaticAt: [...recent, now], automaticFor: purpose, completedAt: undefined };
  if (updateTab(key, counted)) return;
  throw new AuthError(
    'storage_unavailable',
    'The browser keeps nothing for this page that survives a redirect. Allow site data, or log in by loginWithPopup.',
  );
}
