import type { Driver } from '../driver.js';
import type { LoginOptions } from '../login/login-options.js';
import { AuthError } from '../errors.js';
import { hearAnswer } from '../tabs/popup-answer.js';
import type { User } from '../user.js';

/** How often to look whether the window is still there. It can be told in no other way. */
const LOOK_MS = 500;

/** As long as a login transaction lives. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Lets the user log in in a window that is open already, and answers the login here.
 * @throws AuthError `popup_blocked` when there is no window, `popup_closed` when the user left it, `timeout`,
 * `authorization_failed`, `callback_rejected`, `network`
 */
export async function logInByPopup(
  popup: Window | null,
  driver: Pick<Driver, 'beginLogin' | 'completeLogin'>,
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
    const { url, state } = await driver.beginLogin({ options, via: 'popup' });
    const answer = hearAnswer(state, popup, stop.signal);
    popup.location.replace(url);
    const callbackUrl = await Promise.race([answer, rejectWhenAbandoned(popup, stop.signal)]);
    const result = await driver.completeLogin(new URL(callbackUrl));
    if (result.kind === 'completed') return result.user;
    throw result.kind === 'failed' ? result.error : transactionExpired();
  } finally {
    stop.abort();
    popup.close();
  }
}

/** Rejects when the user has left the window or taken too long. */
function rejectWhenAbandoned(popup: Window, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const startedAt = performance.now();
    const look = setInterval(() => {
      if (performance.now() - startedAt > TIMEOUT_MS) {
        reject(new AuthError('timeout', 'The login took too long. Log in again.'));
      }
      // A login page may cut its window off from us, and then it looks closed while the user is still in it.
      if (popup.closed && document.hasFocus()) {
        reject(new AuthError('popup_closed', 'The user closed the window. Offer it again.'));
      }
    }, LOOK_MS);
    signal.addEventListener('abort', () => clearInterval(look));
  });
}

function transactionExpired(): AuthError {
  return new AuthError('callback_rejected', 'The login took too long. Log in again.');
}
