import { countAutomatic } from './automatic-login.js';
import { whenCompleted } from './complete-once.js';
import type { BeginLogin, LoginRequest } from '../login/login-request.js';
import { AuthError, isAuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { abortable } from '../platform/abortable.js';
import { listen } from '../platform/listen.js';
import { updateTab } from '../storage/tab-entry.js';
import { findReturnTo } from '../login/return-to.js';
import { isShownPage } from '../login/shown-page.js';
import { requireTopLevel } from '../login/top-level.js';

/** A page that is still visible after this has not unloaded: the user stopped it, or the server did not respond. */
const LEAVE_TIMEOUT_MS = 15_000;

/** Why a login is over that was completed in this page: its promise does not settle. */
export const COMPLETED = 'completed';

/** The login to redirect to, until a newer one replaces it. */
export interface WantedLogin {
  readonly request: LoginRequest;
  /**
   * Aborted when the login is over: without a reason when a newer one replaces it, with an AuthError when it has failed
   * or was cancelled, with {@link COMPLETED} when its callback has arrived in this page.
   */
  readonly stop: AbortController;
  /** Set once the app's own function has opened the login page, e.g. in the system's browser, so that this page stays. */
  isOpen?: boolean;
}

/** What the redirect needs from the session. */
export interface LeaveContext {
  readonly beginLogin: BeginLogin;
  readonly config: Pick<SessionConfig, 'key' | 'toServer'>;
}

/**
 * Redirects to the latest wanted login. Never resolves, since the page unloads.
 * @throws AuthError `aborted` when the user returns with the Back button, or the page did not unload, or the login was
 * cancelled; the error of a callback that arrives in this page; `login_loop`,
 * `storage_unavailable` for an automatic login; `not_top_level` in a frame of another origin; what the driver throws
 */
export async function leaveForLogin(
  context: LeaveContext,
  wanted: () => WantedLogin,
): Promise<never> {
  for (;;) await leaveFor(wanted(), context);
}

/** Resolves when another login replaces this one. */
async function leaveFor(
  wanted: WantedLogin,
  { beginLogin, config: { key, toServer } }: LeaveContext,
): Promise<void> {
  const { request, stop } = wanted;
  const { signal } = stop;
  try {
    signal.throwIfAborted();
    const openUrl = request.openUrl ?? toServer;
    if (openUrl === undefined) requireTopLevel();
    if (request.isAutomatic === true) {
      await whenCompleted();
      signal.throwIfAborted();
      countAutomatic(key, request.options);
    }
    const pendingPage = findReturnTo(request.options.returnTo, key);
    const { url, state } = await beginLogin(request);
    signal.throwIfAborted();
    const [pendingId] = state.split(';');
    updateTab(key, { pendingId, pendingPage, callback: undefined });
    if (openUrl !== undefined) {
      // It may resolve only when its browser is closed.
      await abortable(Promise.resolve(openUrl(url)), signal);
      wanted.isOpen = true;
    }
    // The Back button must not return to a guard that would redirect again.
    else if (request.isAutomatic === true && isShownPage(request.guardedPage))
      location.replace(url);
    else location.assign(url);
    await stay(wanted);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (isAuthError(signal.reason)) throw signal.reason;
  if (signal.reason === COMPLETED) await new Promise(() => {});
}

/**
 * Resolves when the login is over. A page that stays open beside the login page waits for its callback.
 * @throws AuthError `aborted` if the page did not unload or was restored
 */
function stay({ stop: over, isOpen }: WantedLogin): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  return new Promise<void>((resolve, reject) => {
    const giveUp = (): void =>
      reject(new AuthError('aborted', 'The page did not leave. Offer it again.'));
    const timer = isOpen === true ? undefined : setTimeout(giveUp, LEAVE_TIMEOUT_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    listen(window, 'pagehide', () => clearTimeout(timer), signal);
    listen(window, 'pageshow', (event) => event.persisted && giveUp(), signal);
    listen(over.signal, 'abort', () => resolve(), signal);
  }).finally(() => stop.abort());
}
