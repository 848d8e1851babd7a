import type { LoginOptions } from './login-options.js';
import { AuthError } from './errors.js';
import type { Session } from './session.js';
import { isLoginDue } from './state.js';
import type { User } from './user.js';

/** How a loader guards its data. */
export interface RequireSessionOptions extends LoginOptions {
  /** The router only preloads: nobody is sent to the login for that. Default `false`. */
  readonly isPreload?: boolean;
}

/**
 * Guards the loader of a data router: resolves to the signed-in user, and sends everybody else to the login, in
 * which case it never resolves. After a login that failed, a logout, or while preloading it does not, so that it
 * cannot loop.
 * @throws AuthError the error of the failed login; `login_required` after a logout and while preloading
 */
export async function requireSession(
  session: Session,
  { isPreload = false, ...loginOptions }: RequireSessionOptions = {},
): Promise<User> {
  await session.start();
  const state = session.getSnapshot();
  if (state.status === 'authenticated') return state.user;
  if (state.status === 'unauthenticated' && state.error !== null) throw state.error;
  const isLeaving = state.status === 'authenticating' && state.via === 'redirect';
  if ((isLoginDue(state) || isLeaving) && !isPreload) {
    return session.loginWithRedirect(loginOptions);
  }
  throw new AuthError('login_required', 'Nobody is signed in. Log in first.');
}
