import type { Driver } from '../driver.js';
import type { LoginOptions } from '../login/login-options.js';
import type { BeginLogin } from '../login/login-request.js';
import { AuthError } from '../errors.js';
import { receiveCallbackUrl } from '../tabs/popup-callback.js';
import type { User } from '../user.js';

/** How often to check whether the window is closed: there is no event for it. */
const POLL_INTERVAL_MS = 500;

/** The lifetime of a login transaction. */
const TIMEOUT_MS = 10 * 60_000;

/** What a login by popup needs from the session. */
export interface PopupContext extends Pick<Driver, 'completeLogin'> {
  readonly beginLogin: BeginLogin;
}

/**
 * Logs the user in in an open window, and completes the login in this page.
 * @throws AuthError `popup_blocked` when there is no window, `popup_closed` when the user closed it, `timeout`,
 * `authorization_failed`, `callback_rejected`, `network`
 */
export async function logInByPopup(
  popup: Window | null,
  { beginLogin, completeLogin }: PopupContext,
  options: LoginOptions,
): Promise<User> {
  if (popup === null) {
    throw new AuthError(
      'popup_blocked',
      'The browser blocked the login window. Call loginWithPopup in the click, or loginWithRedirect.',
    );
  }
  const stop = new AbortController();
  try {
    const { url, state } = await beginLogin({ options, via: 'popup' });
    const received = receiveCallbackUrl(state, popup, stop.signal);
    popup.location.replace(url);
    const callbackUrl = await Promise.race([received, rejectWhenAbandoned(popup, stop.signal)]);
    const result = await completeLogin(new URL(callbackUrl));
    if (result.kind === 'completed') return result.user;
    throw result.kind === 'failed' ? result.error : transactionExpired();
  } finally {
    stop.abort();
    popup.close();
  }
}

/** Rejects when the user has closed the window or the login has timed out. */
function rejectWhenAbandoned(popup: Window, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const startedAt = performance.now();
    const poll = setInterval(() => {
      if (performance.now() - startedAt > TIMEOUT_MS) {
        reject(new AuthError('timeout', 'The login took too long. Log in again.'));
      }
      // A Cross-Origin-Opener-Policy makes the window look closed while the user is still in it.
      if (popup.closed && document.hasFocus()) {
        reject(new AuthError('popup_closed', 'The user closed the window. Offer it again.'));
      }
    }, POLL_INTERVAL_MS);
    signal.addEventListener('abort', () => clearInterval(poll));
  });
}

function transactionExpired(): AuthError {
  return new AuthError('callback_rejected', 'The login took too long. Log in again.');
}
