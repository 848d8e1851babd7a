import { countAutomatic } from './automatic-login.js';
import type { BeginLogin, LoginRequest } from '../login/login-request.js';
import { AuthError } from '../errors.js';
import type { SessionConfig } from '../options.js';
import { listen } from '../platform/listen.js';
import { updateTab } from '../storage/tab-entry.js';
import { requireTopLevel } from '../login/top-level.js';

/** A page that is still visible after this has not unloaded: the user stopped it, or the server did not respond. */
const LEAVE_TIMEOUT_MS = 15_000;

/** The login to redirect to, until a newer one replaces it. */
export interface WantedLogin {
  readonly request: LoginRequest;
  /** Aborted when a newer one replaces it. */
  readonly stop: AbortController;
}

/** What the redirect needs from the session. */
export interface LeaveContext {
  readonly beginLogin: BeginLogin;
  readonly config: Pick<SessionConfig, 'key' | 'toServer'>;
}

/**
 * Redirects to the latest wanted login. Never resolves, since the page unloads.
 * @throws AuthError `aborted` when the user returns with the Back button, or the page did not unload; `login_loop`,
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
  { request, stop }: WantedLogin,
  { beginLogin, config: { key, toServer } }: LeaveContext,
): Promise<void> {
  const replaced = stop.signal;
  try {
    const openUrl = request.openUrl ?? toServer;
    if (openUrl === undefined) requireTopLevel();
    if (request.isAutomatic === true) countAutomatic(key, request.options);
    const { url, state } = await beginLogin(request);
    if (replaced.aborted) return;
    const [pendingId] = state.split(';');
    updateTab(key, { pendingId, callback: undefined });
    if (openUrl !== undefined) await openUrl(url);
    // The Back button must not return to a guard that would redirect again.
    else if (request.isAutomatic === true) location.replace(url);
    else location.assign(url);
    await stay(replaced);
  } catch (error) {
    if (!replaced.aborted) throw error;
  }
}

/** Resolves when another login replaces this one. @throws AuthError `aborted` if the page did not unload or was restored */
function stay(replaced: AbortSignal): Promise<void> {
  const stop = new AbortController();
  const { signal } = stop;
  return new Promise<void>((resolve, reject) => {
    const giveUp = (): void =>
      reject(new AuthError('aborted', 'The page did not leave. Offer it again.'));
    const timer = setTimeout(giveUp, LEAVE_TIMEOUT_MS);
    signal.addEventListener('abort', () => clearTimeout(timer));
    listen(window, 'pagehide', () => clearTimeout(timer), signal);
    listen(window, 'pageshow', (event) => event.persisted && giveUp(), signal);
    listen(replaced, 'abort', () => resolve(), signal);
  }).finally(() => stop.abort());
}
