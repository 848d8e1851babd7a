import type { AuthError, Session, SessionState } from '@sesamy-kit/session';
import { toOAuthError } from './errors.js';
import type { AuthState } from './types.js';

/** The state before the session is known, and on a server. */
export const initialAuthState: AuthState = {
  error: undefined,
  isAuthenticated: false,
  isLoading: true,
  user: undefined,
};

/**
 * Returns the state as Auth0's SDK has it. While the page leaves or a popup is open, the user stays, so that a guard does
 * not start a login in between.
 */
export function nextAuthState(previous: AuthState, state: SessionState): AuthState {
  switch (state.status) {
    case 'initializing':
      return initialAuthState;
    case 'authenticating':
      return { ...previous, error: undefined, isLoading: state.via === 'popup' };
    case 'logging-out':
      return { ...previous, isLoading: false };
    case 'authenticated':
    case 'unauthenticated': {
      const { user, error } = state;
      return {
        error: readError(error),
        isAuthenticated: user !== undefined,
        isLoading: false,
        user,
      };
    }
  }
}

/** A login that the user came back from is no error. */
function readError(error: AuthError | null): Error | undefined {
  return error === null || error.code === 'aborted' ? undefined : toOAuthError(error);
}

/** Creates a function that returns the session's state in Auth0's shape; the same reference until it changes. */
export function createAuthStateReader(session: Session): () => AuthState {
  let state: SessionState | undefined;
  let current = initialAuthState;
  return () => {
    const latest = session.getSnapshot();
    if (latest !== state) {
      state = latest;
      current = nextAuthState(current, latest);
    }
    return current;
  };
}
