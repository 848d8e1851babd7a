import type { AuthError } from './errors.js';
import {
  ended,
  failed,
  restored,
  signedOut,
  withError,
  type EndReason,
  type SessionState,
} from './state.js';
import { isSameUser } from './user/same-user.js';
import type { User } from './user.js';

/** What can happen to a session. */
export type StateEvent =
  | { readonly type: 'session-found'; readonly user: User }
  | { readonly type: 'session-absent' }
  | { readonly type: 'session-ended'; readonly reason: EndReason }
  | {
      readonly type: 'login-started';
      readonly via: 'redirect' | 'popup';
      readonly isAutomatic?: boolean | undefined;
    }
  | { readonly type: 'login-completed'; readonly via: 'redirect' | 'popup'; readonly user: User }
  | { readonly type: 'login-failed'; readonly error: AuthError }
  /** The session could not be restored. */
  | { readonly type: 'start-failed'; readonly error: AuthError }
  /** The claims of the user with this `sub` do not match the `userSchema`. */
  | { readonly type: 'claims-rejected'; readonly sub: string; readonly error: AuthError }
  | { readonly type: 'error-dismissed' }
  | { readonly type: 'logout-started' }
  /** The page was restored from the back/forward cache; `user` is the currently remembered user. */
  | { readonly type: 'page-restored'; readonly user: User | null };

/** Returns the next state: the same reference if the event changes nothing, so that no listener is notified. */
export function transition(state: SessionState, event: StateEvent): SessionState {
  switch (event.type) {
    case 'session-found':
      if (state.status === 'logging-out') return state;
      if (state.status === 'authenticated' && isSameUser(state.user, event.user)) return state;
      return {
        status: 'authenticated',
        user: event.user,
        error:
          state.status === 'authenticated' && isSamePerson(state.user, event.user)
            ? state.error
            : null,
      };
    case 'login-completed':
      return withError(transition(state, { type: 'session-found', user: event.user }), null);
    case 'session-absent':
      if (state.status === 'initializing') return signedOut('none');
      return state.status === 'authenticated' ? signedOut('expired') : state;
    case 'session-ended':
      return ended(state, event.reason);
    case 'login-started':
      return state.status === 'unauthenticated'
        ? { status: 'authenticating', via: event.via }
        : withError(state, null);
    case 'login-failed':
      return failed(state, event.error);
    case 'claims-rejected':
      // Another user's session has taken the place of the one before.
      return failed(
        state.user === undefined || state.user.sub === event.sub
          ? state
          : signedOut('logged-out-elsewhere'),
        event.error,
      );
    case 'start-failed':
      return state.status === 'initializing' ? failed(state, event.error) : state;
    case 'error-dismissed':
      return withError(state, null);
    case 'logout-started':
      return state.status === 'logging-out' ? state : { status: 'logging-out' };
    case 'page-restored':
      return restored(state, event.user);
  }
}

function isSamePerson(one: User, other: User): boolean {
  return one.sub === other.sub;
}
