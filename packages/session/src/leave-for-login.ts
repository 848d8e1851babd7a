import type { Driver, LoginRequest } from './driver.js';
import { AuthError } from './errors.js';

const ABORTED = 'The user came back. Offer it again.';

/**
 * Sends the page to the login. Never resolves, since the page goes away.
 * @throws AuthError `aborted` when the user comes back by the Back button; what the driver throws
 */
export async function leaveForLogin(
  driver: Pick<Driver, 'beginLogin'>,
  request: LoginRequest,
): Promise<never> {
  const url = await driver.beginLogin(request);
  const comesBack = new Promise<never>((_resolve, reject) => {
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) reject(new AuthError('aborted', ABORTED));
    });
  });
  location.assign(url);
  return comesBack;
}
