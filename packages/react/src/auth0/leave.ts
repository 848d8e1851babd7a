import { AuthError } from '@sesamy-kit/session';

/** A page that is still loaded after this has not unloaded, as in a login of the session. */
const LEAVE_TIMEOUT_MS = 15_000;

/**
 * Leaves for another page. Does not resolve.
 * @throws AuthError `aborted` if the page does not unload, or the user returns with the Back button
 */
export function leave(url: string): Promise<never> {
  return new Promise((_resolve, reject) => {
    const giveUp = (): void =>
      reject(new AuthError('aborted', 'The page did not leave. Offer it again.'));
    const timer = setTimeout(giveUp, LEAVE_TIMEOUT_MS);
    window.addEventListener('pagehide', () => clearTimeout(timer), { once: true });
    window.addEventListener('pageshow', ({ persisted }) => persisted && giveUp(), { once: true });
    location.assign(url);
  });
}
