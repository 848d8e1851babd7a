import type { Driver } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { findHeldCallback, holdCallback } from './held-callback.js';
import type { LoginResult } from '../login/login-request.js';
import { isOwnCallback, readLoginId, readTaggedLogin } from '../login/state-param.js';
import { loadPopup } from '../on-demand/popup.js';
import type { SessionConfig } from '../options.js';
import { isAwaited } from '../login/find-callback.js';
import { parseReturnTo, withoutResponseParams } from '../login/return-to.js';
import { showPage } from './show-page.js';
import type { StateEvent } from '../transition.js';
import { updateTab } from '../storage/tab-entry.js';
import { readTabLogins } from '../storage/tab-logins.js';

/** What completing a callback needs from the session. */
export interface CallbackContext {
  readonly config: SessionConfig;
  readonly driver: Driver;
  readonly dispatch: (event: StateEvent) => void;
  /** Restores an earlier session; resolves to whether there is one. */
  readonly restore: () => Promise<boolean>;
}

/**
 * What a callback means for the login that this tab waits for: it is over; it is to start again, since its callback is
 * stale and no user is signed in; or it goes on, since the callback is not its own.
 */
export type CallbackOutcome = 'login-over' | 'login-due' | 'foreign';

/**
 * Completes the callback URL and removes its parameters from the address bar, whatever the outcome. A failed login
 * keeps the earlier session; a callback that failed because of the network is held for a retry. A login starts again
 * once.
 */
export async function completeCallback(
  url: URL,
  context: CallbackContext,
): Promise<CallbackOutcome> {
  const { config, driver, dispatch, restore } = context;
  const { searchParams } = url;
  const { via, isRetry: wasRetry } = readTaggedLogin(url);
  const cleanUrl = withoutResponseParams(url);
  const clean = (): void => {
    // A router may have navigated already.
    if (isOwnCallback(new URL(location.href), config)) showPage(cleanUrl, config);
  };
  // A login popup hands its callback URL to the page that opened it, and starts no other login.
  if (via === 'popup') {
    const error = await handOver(url);
    clean();
    if (error !== null) dispatch({ type: 'login-failed', error });
    return 'foreign';
  }
  const result = await exchange(url, config, driver);
  // A forged link looks like a stale callback, but cannot contain the `state` of this tab's pending login.
  const isExpected = isAwaited(url, config);
  const isRetry = findHeldCallback(config)?.href === url.href;
  const isHeld = result.kind === 'failed' && isWorthAnotherTry(result.error);
  if (isHeld) holdCallback(url, config);
  // A stale callback of another login, perhaps a forged one, does not end the login that this tab waits for.
  else if (result.kind === 'stale' && !isExpected) {
    if (isRetry) updateTab(config.key, { callback: undefined });
  } else updateTab(config.key, { pendingId: undefined, callback: undefined });
  if (result.kind === 'stale') {
    const { pendingPage } = isExpected ? readTabLogins(config.key) : {};
    const page = parseReturnTo(pendingPage, location.origin);
    if (page === null) clean();
    else showPage(page, config);
    // An `error` does not need another login.
    const isLogin = searchParams.has('code') && !searchParams.has('error');
    const isSignedIn = await restore();
    if (!isExpected) return 'foreign';
    return !isSignedIn && isLogin && wasRetry !== true ? 'login-due' : 'login-over';
  }
  const returnTo = parseReturnTo(result.returnTo, location.origin);
  // On a retry, the user may have navigated elsewhere.
  const hasMoved = isRetry && new URL(cleanUrl, location.origin).href !== location.href;
  if (returnTo === null || hasMoved) clean();
  else showPage(returnTo, config);
  if (result.kind === 'completed') {
    updateTab(config.key, { completedAt: Date.now() });
    dispatch({ type: 'login-completed', via: 'redirect', user: result.user });
    return 'login-over';
  }
  const user = await driver.restore({ revalidate: false }).catch(() => null);
  if (user !== null) dispatch({ type: 'session-found', user });
  dispatch({ type: 'login-failed', error: result.error });
  return 'login-over';
}

/**
 * Completes the login of a callback. It is stale if the page was reloaded while its code was exchanged before: the server
 * has used the code, and its response is lost.
 */
async function exchange(url: URL, config: SessionConfig, driver: Driver): Promise<LoginResult> {
  const { key } = config;
  const id = readLoginId(url);
  const isReload =
    readTabLogins(key).exchangedId === id && isOwnCallback(new URL(location.href), config);
  updateTab(key, { exchangedId: id });
  const result = await driver.completeLogin(url).catch((error: unknown): LoginResult => ({
    kind: 'failed',
    error: toAuthError(error),
    returnTo: null,
  }));
  // A reload may also end the request in time for the page to see it fail.
  if (result.kind === 'failed' && isWorthAnotherTry(result.error)) return result;
  const isUsed = result.kind === 'failed' && result.error.oauthError === 'invalid_grant';
  const isLost = isReload && isUsed;
  updateTab(key, { exchangedId: undefined, ...(isLost && { pendingId: id }) });
  return isLost ? { kind: 'stale' } : result;
}

/** Whether the callback may succeed once the network, or the app's code, is available again. */
function isWorthAnotherTry({ retryable, code }: AuthError): boolean {
  return retryable || code === 'chunk_load_failed';
}

/** Hands the callback URL to the page that opened this window, and closes the window. Resolves to an error if it cannot. */
async function handOver(url: URL): Promise<AuthError | null> {
  const { handOverCallbackUrl, showClosingPage } = await loadPopup();
  if (await handOverCallbackUrl(url.searchParams.get('state') ?? '', url.href)) {
    // If it stays open, it is notified of the session like any other tab.
    window.close();
    return null;
  }
  showClosingPage();
  return new AuthError(
    'callback_rejected',
    'No page is waiting for this login window. Close it, and log in again.',
  );
}
