'use client';

import { isLoginDue, type AuthError, type LoginOptions } from '@sesamy-kit/session';
import { useEffect, type ReactNode } from 'react';
import { useSession } from '../use-session.js';
import { LoginButton } from './login-button.js';

/** What a guard shows after a login that failed. */
export interface RequireSessionError {
  /** Why it failed. */
  readonly error: AuthError;
  /** Tries again. */
  readonly login: () => void;
}

/** What a guard shows, and how it logs in. */
export interface RequireSessionProps {
  /** Shown to a signed-in user only. */
  readonly children?: ReactNode;
  /** Shown while it is not known yet, and while the page leaves. Default: nothing. */
  readonly fallback?: ReactNode;
  /** Shown after a login that failed. Default: as `signedOut`. */
  readonly error?: (failure: RequireSessionError) => ReactNode;
  /** Shown to a user who has just logged out. Default: a login button. */
  readonly signedOut?: ReactNode;
  /** What the login asks for. By default it returns to where the user is now. */
  readonly loginOptions?: LoginOptions;
}

/**
 * Shows its children to a signed-in user and sends everybody else to the login, then back here.
 * It cannot loop: after a login that failed, and after a logout, it waits for the user.
 * @throws Error outside a SesamyProvider
 */
export function RequireSession({
  children,
  fallback = null,
  error: renderError,
  signedOut,
  loginOptions,
}: RequireSessionProps): ReactNode {
  const session = useSession();
  const { loginWithRedirect } = session;
  const login = (): void => {
    // The session's state tells of the failure, and this guard shows it.
    loginWithRedirect(loginOptions).catch(() => {});
  };
  const isDue = isLoginDue(session);

  useEffect(() => {
    if (isDue) login();
    // The options of the moment in which the login is due are the ones that count.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isDue]);

  if (session.status === 'authenticated') return children;
  if (session.status !== 'unauthenticated' || isDue) return fallback;
  if (session.error !== null && renderError !== undefined) {
    return renderError({ error: session.error, login });
  }
  return signedOut ?? <LoginButton loginOptions={loginOptions} />;
}
