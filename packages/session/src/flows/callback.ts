import type { Driver } from '../driver.js';
import { AuthError, toAuthError } from '../errors.js';
import { findHeldCallback, holdCallback } from './held-callback.js';
import { isOwnCallback, readTaggedLogin } from '../login/state-param.js';
import { loadPopup } from '../on-demand/popup.js';
import type { SessionConfig } from '../options.js';
import { isAwaited } from '../login/find-callback.js';
import { parseReturnTo, withoutResponseParams } from '../login/return-to.js';
import { showPage } from './show-page.js';
import type { SessionEvent } from '../state.js';
import { updateTabLogins } from '../storage/tab-logins.js';

/** What answering a callback needs of the session. */
export interface CallbackContext {
  readonly config: SessionConfig;
  readonly driver: Driver;
  readonly dispatch: (event: SessionEvent) => void;
  /** Looks for a session that was there before; true when there is one. */
  readonly restore: () => Promise<boolean>;
}

/**
 * Answers the callback URL and takes its parameters out of the address bar, whatever comes of it. A login that failed
 * keeps the session that was there before; a callback that could not be answered for want of the network is held for
 * the next try.
 * @returns whether a new login is due: the answer is stale, no user is signed in, this tab is waiting for just this
 * answer, and the kit has not begun a login by itself before.
 */
export async function answerCallback(url: URL, context: CallbackContext): Promise<boolean> {
  const { config, driver, dispatch, restore } = context;
  const { searchParams } = url;
  const { via, isRetry: wasRetry } = readTaggedLogin(url);
  const cleanUrl = withoutResponseParams(url);
  const clean = (): void => {
    // A router may have moved on already.
    if (isOwnCallback(new URL(location.href), config)) showPage(cleanUrl, config);
  };
  // The window of a login leaves the answer to the page that opened it, and begins nothing without that page.
  if (via === 'popup') {
    const error = await handOver(url);
    clean();
    if (error !== null) dispatch({ type: 'login-failed', error });
    return false;
  }
  const result = await driver.completeLogin(url).catch((error: unknown) => ({
    kind: 'failed' as const,
    error: toAuthError(error),
    returnTo: null,
  }));
  // A link that was made up looks like a stale answer, but cannot name the login that this tab has left for.
  const isExpected = isAwaited(url, config);
  const isRetry = findHeldCallback(config)?.href === url.href;
  const isHeld = result.kind === 'failed' && isWorthAnotherTry(result.error);
  if (isHeld) holdCallback(url, config);
  else updateTabLogins(config.key, { pendingId: undefined, callback: undefined });
  if (result.kind === 'stale') {
    clean();
    // An `error` needs no login to be told.
    const isLogin = searchParams.has('code') && !searchParams.has('error');
    return !(await restore()) && isExpected && isLogin && wasRetry !== true;
  }
  const returnTo = parseReturnTo(result.returnTo, location.origin);
  // At another try the user may have gone elsewhere.
  const hasMoved = isRetry && new URL(cleanUrl, location.origin).href !== location.href;
  if (returnTo === null || hasMoved) clean();
  else showPage(returnTo, config);
  if (result.kind === 'completed') {
    updateTabLogins(config.key, { completedAt: Date.now() });
    dispatch({ type: 'login-completed', user: result.user });
    return false;
  }
  const user = await driver.restore({ revalidate: false }).catch(() => null);
  if (user !== null) dispatch({ type: 'session-found', user });
  dispatch({ type: 'login-failed', error: result.error });
  return false;
}

/** Whether the same callback may be answered when the network, or the app's code, is to be had again. */
function isWorthAnotherTry({ retryable, code }: AuthError): boolean {
  return retryable || code === 'chunk_load_failed';
}

/** Hands the answer to the page that opened this window, and closes the window. Returns why that was not possible. */
async function handOver(url: URL): Promise<AuthError | null> {
  const { handOverAnswer, showClosingPage } = await loadPopup();
  if (await handOverAnswer(url.searchParams.get('state') ?? '', url.href)) {
    // Should it stay open, it hears of the session like any other tab.
    window.close();
    return null;
  }
  showClosingPage();
  return new AuthError(
    'callback_rejected',
    'No page is waiting for this login window. Close it, and log in again.',
  );
}
