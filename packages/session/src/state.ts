import type { AuthError } from './errors.js';
import { isSameUser, type User } from './user.js';

/** Why no user is signed in. */
export type SignedOutReason = 'none' | EndReason;

/** Why a session ended. */
export type EndReason = 'expired' | 'revoked' | 'logged-out' | 'logged-out-elsewhere';

/**
 * The session's state as the app sees it. It holds no token and no expiry, so a refresh does not change it.
 *
 * - `initializing`: not known yet.
 * - `unauthenticated`: no user is signed in; `error` is the error of the last failed login, or `null`.
 * - `authenticating`: the page is about to redirect to the login, or a popup is open.
 * - `authenticated`: there is a usable session; `error` is the error of a login that failed since (a step-up, another
 *   account), or `null`.
 * - `logging-out`: the tokens are removed and the page is about to redirect.
 */
export type SessionState =
  | { readonly status: 'initializing' }
  | {
      readonly status: 'unauthenticated';
      readonly reason: SignedOutReason;
      readonly error: AuthError | null;
    }
  | { readonly status: 'authenticating'; readonly via: 'redirect' | 'popup' }
  | {
      readonly status: 'authenticated';
      readonly user: User;
      readonly error: AuthError | null;
    }
  | { readonly status: 'logging-out' };

/** What can happen to a session. */
export type SessionEvent =
  | { readonly type: 'session-found'; readonly user: User }
  | { readonly type: 'session-absent' }
  | { readonly type: 'session-ended'; readonly reason: EndReason }
  | { readonly type: 'login-started'; readonly via: 'redirect' | 'popup' }
  | { readonly type: 'login-completed'; readonly user: User }
  | { readonly type: 'login-failed'; readonly error: AuthError }
  /** The session could not be restored. */
  | { readonly type: 'start-failed'; readonly error: AuthError }
  | { readonly type: 'error-dismissed' }
  | { readonly type: 'logout-started' }
  /** The page was restored from the back/forward cache; `user` is the currently remembered user. */
  | { readonly type: 'page-restored'; readonly user: User | null };

/** The initial state, and the only one a server renders. */
export const INITIALIZING: SessionState = { status: 'initializing' };

/** Returns the next state: the same reference if the event changes nothing, so that no listener is notified. */
export function transition(state: SessionState, event: SessionEvent): SessionState {
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
      return state.status === 'initializing' || state.status === 'authenticated'
        ? signedOut(event.reason)
        : state;
    case 'login-started':
      return state.status === 'unauthenticated'
        ? { status: 'authenticating', via: event.via }
        : withError(state, null);
    case 'login-failed':
      return state.status === 'initializing' || state.status === 'authenticating'
        ? { status: 'unauthenticated', reason: 'none', error: event.error }
        : withError(state, event.error);
    case 'start-failed':
      return state.status === 'initializing'
        ? { status: 'unauthenticated', reason: 'none', error: event.error }
        : state;
    case 'error-dismissed':
      return withError(state, null);
    case 'logout-started':
      return state.status === 'logging-out' ? state : { status: 'logging-out' };
    case 'page-restored':
      if (state.status === 'logging-out') return signedOut('logged-out');
      return state.status === 'authenticated' && state.user.sub !== event.user?.sub
        ? signedOut('logged-out-elsewhere')
        : state;
  }
}

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

/** Returns the state with its error replaced, if it has one. */
function withError(state: SessionState, error: AuthError | null): SessionState {
  const hasError = state.status === 'unauthenticated' || state.status === 'authenticated';
  return hasError && state.error !== error ? { ...state, error } : state;
}

function isSamePerson(one: User, other: User): boolean {
  return one.sub === other.sub;
}

function signedOut(reason: SignedOutReason): SessionState {
  return { status: 'unauthenticated', reason, error: null };
}
