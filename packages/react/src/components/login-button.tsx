'use client';

import type { LoginOptions } from '@sesamy-kit/session';
import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { useIdle } from '../use-idle.js';
import { useSession } from '../use-session.js';
import { ActionButton, type SessionButtonProps } from './action-button.js';

/** All that a `<button>` takes, the login's options, and what to do when the login failed. */
export interface LoginButtonProps extends SessionButtonProps {
  /** What the login asks for. By default it returns to where the user is now. */
  readonly loginOptions?: LoginOptions | undefined;
}

/**
 * A real `<button>` that logs in. Disabled and `aria-busy` while the login is under way. A handler of your own
 * runs first and may call `preventDefault()`. The code of the login is loaded when the page is idle, or when the pointer
 * or the focus is on the button. A login that fails is given to `onError`, and stays in the session's `error` until the next login or
 * `dismissError()`.
 * @throws Error outside a SesamyProvider
 */
export const LoginButton: ForwardRefExoticComponent<
  LoginButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef(function LoginButton(
  { loginOptions, className = '', children = 'Log in', onPointerEnter, onFocus, ...props },
  ref,
) {
  const { status, loginWithRedirect, preloadLogin } = useSession();
  useIdle(preloadLogin);
  return (
    <ActionButton
      {...props}
      buttonRef={ref}
      className={`sesamy-login-button ${className}`}
      isBusy={status === 'authenticating'}
      onPointerEnter={(event) => {
        onPointerEnter?.(event);
        void preloadLogin();
      }}
      onFocus={(event) => {
        onFocus?.(event);
        void preloadLogin();
      }}
      action={() => loginWithRedirect(loginOptions)}
    >
      {children}
    </ActionButton>
  );
});
