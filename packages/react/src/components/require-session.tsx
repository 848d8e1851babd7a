'use client';

import { isLoginDue, type AuthError, type LoginOptions } from '@sesamy-kit/session';
import { useEffect, useState, type ReactNode } from 'react';
import type { LoginStrength } from '../login-strength.js';
import { useSession } from '../use-session.js';
import { LoginButton } from './login-button.js';
import { StrongLogin } from './strong-login.js';

/** The argument of a guard's `error` slot. */
export interface RequireSessionError {
  /** The error of the failed login. */
  readonly error: AuthError;
  /** Starts another login. */
  readonly login: () => void;
}

/** The props of `RequireSession`. */
export interface RequireSessionProps extends LoginStrength {
  /** Rendered for a signed-in user only. */
  readonly children?: ReactNode;
  /** Rendered while the session is initializing, and while the page redirects. Default: nothing. */
  readonly fallback?: ReactNode;
  /** Rendered after a failed login. Default: the error's message (`role="alert"`), above `signedOut`. */
  readonly error?: (failure: RequireSessionError) => ReactNode;
  /** Rendered after a logout. Default: a login button. */
  readonly signedOut?: ReactNode;
  /** Options of the login. By default it returns to the current page. */
  readonly loginOptions?: LoginOptions;
}

/**
 * Renders its children for a signed-in user, and redirects everyone else to the login and back. With `maxAgeSeconds`,
 * `acrValues` or `scope`, it also redirects a user whose login is older, weaker or for less. That is a convenience: the
 * API must check the same, and `useStepUp` logs in when it refuses. With a token handler only the API can tell. The login replaces the
 * page's history entry. What the guard renders instead of its children stays mounted while a popup is open.
 *
 * It cannot loop: after a failed login, after a logout, and after two unsuccessful logins within a minute
 * (`login_loop`) it waits for the user.
 * @throws Error outside a SesamyProvider
 */
export function RequireSession({
  children,
  fallback = null,
  error: renderError,
  signedOut,
  loginOptions: givenOptions,
  ...strength
}: RequireSessionProps): ReactNode {
  const session = useSession();
  const needsNoMore = JSON.stringify(strength) === '{}';
  const loginOptions = { ...givenOptions, ...strength };
  const { status, error, loginWithRedirect } = session;
  // A failure is set in the session's state, which this guard renders.
  const login = (): void => void loginWithRedirect(loginOptions).catch(() => {});
  const isDue = isLoginDue(session);

  useEffect(() => {
    if (isDue) loginWithRedirect({ ...loginOptions, isAutomatic: true }).catch(() => {});
    // The options at the time when the login becomes due apply.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isDue]);

  // While a popup is open the state has no error, but the component that renders it must stay mounted.
  const [failure, setFailure] = useState<AuthError | null>(null);
  const isGuarded = status === 'authenticated' && !needsNoMore;
  if ((status === 'unauthenticated' || (isGuarded && error)) && error !== failure) {
    setFailure(error);
  }
  const isPopupOpen = session.status === 'authenticating' && session.via === 'popup';

  function renderFailure(shown: AuthError | null): ReactNode {
    if (shown !== null && renderError !== undefined) return renderError({ error: shown, login });
    return (
      <>
        {shown !== null && !isOwnChoice(shown) && <p role="alert">{shown.message}</p>}
        {signedOut ?? <LoginButton loginOptions={loginOptions} />}
      </>
    );
  }

  if (status === 'authenticated' && needsNoMore) return children;
  if (isGuarded && !error) {
    return (
      <StrongLogin {...{ fallback, loginOptions, strength, renderFailure }}>{children}</StrongLogin>
    );
  }
  if ((status !== 'unauthenticated' && !isPopupOpen && !isGuarded) || isDue) return fallback;
  return renderFailure(failure);
}

/** Whether the user cancelled the login, which needs no alert. */
function isOwnChoice({ code }: AuthError): boolean {
  return code === 'aborted' || code === 'popup_closed';
}
