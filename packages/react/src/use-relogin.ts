'use client';

import type { AuthError, EndReason, LoginOptions, User } from '@sesamy-kit/session';
import { useSyncExternalStore } from 'react';
import { isDeclined, keptSessionOf } from './kept-session.js';
import { useSessionContext } from './session-context.js';

/** A login that lets the user continue on a page whose session has ended. */
export interface Relogin {
  /** The user whose page it is: who is signed in, or was when the session ended; `null` for none, and after a logout. */
  readonly user: User | null;
  /** Why the session has ended; `null` while the user is signed in. */
  readonly reason: EndReason | null;
  /** Whether to offer the login: the session has ended, and the user has not declined the login. */
  readonly isNeeded: boolean;
  /** Whether the window of the login is open. */
  readonly isLoggingIn: boolean;
  /** The error of a login that failed, or `null`. */
  readonly error: AuthError | null;
  /**
   * Logs in by popup. Call it synchronously in the click handler. Does not reject: a failure is the `error`. If another
   * user logs in, that user is signed in, and the calls that wait reject with `user_changed`.
   */
  readonly login: (options?: LoginOptions) => Promise<void>;
  /** Declines the login: the calls that wait for it reject with `aborted`. The next such call offers it again. */
  readonly cancel: () => void;
}

/**
 * Returns what a dialog needs that lets the user log in again without leaving the page. `session.fetch` with
 * `whenSignedOut: 'wait'` waits for it. `ReloginBoundary` renders one and keeps the page.
 * @throws Error outside a SesamyProvider
 */
export function useRelogin(): Relogin {
  const { real, read } = keptSessionOf(useSessionContext());
  const { subscribe, getSnapshot, getServerSnapshot } = real;
  const state = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot);
  const { user, reason } = read();
  const error = state.error ?? null;
  return {
    user,
    reason,
    isNeeded: reason !== null && !isDeclined(error),
    isLoggingIn: state.status === 'authenticating' && state.via === 'popup',
    error,
    login: (options) => real.loginWithPopup(options).catch(() => {}),
    cancel: real.cancelLogin,
  };
}
