'use client';

import type { LoginOptions } from '@sesamy-kit/session';
import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { useIdle } from '../use-idle.js';
import { useSession } from '../use-session.js';
import { ActionButton, type SessionButtonProps } from './action-button.js';

/** The props of a `<button>`, the login's options, and an error handler. */
export interface LoginButtonProps extends SessionButtonProps {
  /** Options of the login. By default it returns to the current page. */
  readonly loginOptions?: LoginOptions | undefined;
}

/**
 * Renders a `<button>` that logs the user in. Disabled and `aria-busy` while the login is in progress. Your own `onClick`
 * runs first and may call `preventDefault()`. The login's code is preloaded when the page is idle, or when the button is
 * hovered or focused. If the login fails, `onError` is called, and the session keeps the `error` until the next login
 * or `dismissError()`.
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
      className={`sesamy-login-button ${className}`.trim()}
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
