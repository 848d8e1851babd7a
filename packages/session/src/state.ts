import type { AuthError } from './errors.js';
import type { RegisteredUser } from './user/register.js';
import type { User } from './user.js';

/** Why no user is signed in. */
export type SignedOutReason = 'none' | EndReason;

/** Why a session ended. */
export type EndReason = 'expired' | 'revoked' | 'logged-out' | 'logged-out-elsewhere';

/**
 * The session's state as the app sees it. It holds no token and no expiry, so a refresh does not change it. `user` and
 * `error` can be destructured from every state: without a user, `user` is `undefined`.
 *
 * - `initializing`: not known yet.
 * - `unauthenticated`: no user is signed in; `error` is the error of the last failed login, or `null`.
 * - `authenticating`: the page is about to redirect to the login, or a popup is open.
 * - `authenticated`: there is a usable session; `error` is the error of a login that failed since (a step-up, another
 *   account), or `null`.
 * - `logging-out`: the tokens are removed and the page is about to redirect.
 */
export type SessionState =
  | { readonly status: 'initializing'; readonly user?: undefined; readonly error?: null }
  | {
      readonly status: 'unauthenticated';
      readonly reason: SignedOutReason;
      readonly user?: undefined;
      readonly error: AuthError | null;
    }
  | {
      readonly status: 'authenticating';
      readonly via: 'redirect' | 'popup';
      readonly user?: undefined;
      readonly error?: null;
    }
  | {
      readonly status: 'authenticated';
      readonly user: RegisteredUser;
      readonly error: AuthError | null;
    }
  | { readonly status: 'logging-out'; readonly user?: undefined; readonly error?: null };

/** The initial state, and the only one a server renders. */
export const INITIALIZING: SessionState = { status: 'initializing' };

/** Returns the state after a login, or the start, failed with `error`. */
export function failed(state: SessionState, error: AuthError): SessionState {
  if (state.status === 'initializing' || state.status === 'authenticating') {
    return { status: 'unauthenticated', reason: 'none', error };
  }
  return withError(state, error);
}

/** Returns a state that has an error with another one. */
export function withError(state: SessionState, error: AuthError | null): SessionState {
  const hasError = state.status === 'unauthenticated' || state.status === 'authenticated';
  return hasError && state.error !== error ? { ...state, error } : state;
}

/** Returns the state without a user. */
export function signedOut(reason: SignedOutReason): SessionState {
  return { status: 'unauthenticated', reason, error: null };
}

/** Returns the state after the session ended. */
export function ended(state: SessionState, reason: EndReason): SessionState {
  return state.status === 'initializing' || state.status === 'authenticated'
    ? signedOut(reason)
    : state;
}

/** Returns the state after a return from the back/forward cache; `user` is the currently remembered user. */
export function restored(state: SessionState, user: User | null): SessionState {
  if (state.status === 'logging-out') return signedOut('logged-out');
  return state.user !== undefined && state.user.sub !== user?.sub
    ? signedOut('logged-out-elsewhere')
    : state;
}
