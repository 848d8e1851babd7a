import type { SessionState } from '../state.js';

/**
 * Whether a guard may start a login without a click: no user is signed in, no login has failed, and the user has not
 * just logged out. Start it with `loginWithRedirect({ isAutomatic: true })`.
 */
export function isLoginDue(state: SessionState): boolean {
  return (
    state.status === 'unauthenticated' &&
    state.error === null &&
    !state.reason.startsWith('logged-out')
  );
}
