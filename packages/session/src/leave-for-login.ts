import type { Driver, LoginRequest } from './driver.js';
import { AuthError } from './errors.js';

/** A page that is still in sight after this has not left: the user stopped it, or the server sent nothing. */
const LEAVE_TIMEOUT_MS = 15_000;

/**
 * Sends the page to the login. Does not resolve, since the page goes away.
 * @throws AuthError `aborted` when the user comes back by the Back button, or the page did not leave;
 * what the driver throws
 */
export async function leaveForLogin(
  driver: Pick<Driver, 'beginLogin'>,
  request: LoginRequest,
): Promise<never> {
  const { url } = await driver.beginLogin(request);
  const stop = new AbortController();
  const { signal } = stop;
  const isStillHere = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => {
      stop.abort();
      reject(new AuthError('aborted', 'The page did not leave. Offer it again.'));
    };
    const timer = setTimeout(giveUp, LEAVE_TIMEOUT_MS);
    window.addEventListener('pagehide', () => clearTimeout(timer), { signal });
    window.addEventListener('pageshow', (event) => event.persisted && giveUp(), { signal });
  });
  location.assign(url);
  return isStillHere;
}
