import type { Driver } from './driver.js';
import { toAuthError } from './errors.js';
import { readLoginWay } from './login-tag.js';
import { loadPopup } from './on-demand/popup.js';
import type { SessionConfig } from './options.js';
import { isOwnCallback } from './own-callback.js';
import { parseReturnTo, withoutResponseParams } from './return-to.js';
import { showPage } from './show-page.js';
import type { SessionEvent } from './state.js';

/** What answering a callback needs of the session. */
export interface CallbackContext {
  readonly config: SessionConfig;
  readonly driver: Driver;
  readonly dispatch: (event: SessionEvent) => void;
  /** Looks for a session that was there before; true when there is one. */
  readonly restore: () => Promise<boolean>;
}

/**
 * Answers the callback URL once and takes its parameters out of the address bar, whatever came of it.
 * A login that failed keeps the session that was there before.
 * @returns whether a new login is due: the answer was a stale one, nobody is signed in, and the kit has not
 * begun a login by itself before.
 */
export async function answerCallback(
  url: URL,
  { config, driver, dispatch, restore }: CallbackContext,
): Promise<boolean> {
  const { searchParams } = url;
  const way = readLoginWay(url);
  const clean = (): void => {
    // A router may have moved on already.
    if (isOwnCallback(new URL(location.href), config)) {
      showPage(withoutResponseParams(url), config);
    }
  };
  // The window of a login leaves the answer to the page that opened it, if that is still there.
  if (way === 'popup' && (await handOver(url))) {
    // Should it stay open, it hears of the session like any other tab.
    window.close();
    clean();
    return false;
  }
  const result = await driver.completeLogin(url).catch((error: unknown) => ({
    kind: 'failed' as const,
    error: toAuthError(error),
    returnTo: null,
  }));
  if (result.kind === 'stale') {
    clean();
    // Only a `code` shows that somebody was logging in; an `error` may be a link that somebody made up.
    const isLogin = searchParams.has('code') && !searchParams.has('error');
    return !(await restore()) && isLogin && way !== 'retry';
  }
  const returnTo = parseReturnTo(result.returnTo, location.origin);
  if (returnTo === null) clean();
  else showPage(returnTo, config);
  if (result.kind === 'completed') {
    dispatch({ type: 'session-found', user: result.user });
    return false;
  }
  const user = await driver.restore(false).catch(() => null);
  dispatch(
    user === null ? { type: 'login-failed', error: result.error } : { type: 'session-found', user },
  );
  return false;
}

async function handOver(url: URL): Promise<boolean> {
  const { handOverAnswer } = await loadPopup();
  return handOverAnswer(url.searchParams.get('state') ?? '', url.href);
}
