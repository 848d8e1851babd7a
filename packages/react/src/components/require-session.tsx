'use client';

import { isLoginDue, type AuthError, type LoginOptions } from '@sesamy-kit/session';
import { useEffect, useState, type ReactNode } from 'react';
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
  /** Shown after a login that failed. Default: why it failed (`role="alert"`), above `signedOut`. */
  readonly error?: (failure: RequireSessionError) => ReactNode;
  /** Shown to a user who has just logged out. Default: a login button. */
  readonly signedOut?: ReactNode;
  /** What the login asks for. By default it returns to where the user is now. */
  readonly loginOptions?: LoginOptions;
}

/**
 * Shows its children to a signed-in user and sends everyone else to the login, then back here. The login takes the
 * page's place in the history. What the guard shows in place of its children stays while a popup is open.
 *
 * It cannot loop: after a login that failed, after a logout, and after two logins within a minute that came to
 * nothing (`login_loop`) it waits for the user.
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
  // The session's state tells of a failure, and this guard shows it.
  const login = (): void => void loginWithRedirect(loginOptions).catch(() => {});
  const isDue = isLoginDue(session);

  useEffect(() => {
    if (isDue) loginWithRedirect({ ...loginOptions, isAutomatic: true }).catch(() => {});
    // The options of the moment in which the login is due are the ones that count.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isDue]);

  // While a popup is open the state has no error, but what shows it must not be unmounted.
  const [failure, setFailure] = useState<AuthError | null>(null);
  if (session.status === 'unauthenticated' && session.error !== failure) setFailure(session.error);
  const isPopupOpen = session.status === 'authenticating' && session.via === 'popup';

  if (session.status === 'authenticated') return children;
  if ((session.status !== 'unauthenticated' && !isPopupOpen) || isDue) return fallback;
  if (failure !== null && renderError !== undefined) return renderError({ error: failure, login });
  return (
    <>
      {failure !== null && !isOwnChoice(failure) && <p role="alert">{failure.message}</p>}
      {signedOut ?? <LoginButton loginOptions={loginOptions} />}
    </>
  );
}

/** Whether the user turned back, and needs not be told so. */
function isOwnChoice({ code }: AuthError): boolean {
  return code === 'aborted' || code === 'popup_closed';
}
