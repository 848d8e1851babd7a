import type { LoginOptions } from '@sesamy-kit/session';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** All that a `<button>` takes, and the login's options. */
export interface LoginButtonProps extends ComponentProps<'button'> {
  /** What the login asks for. By default it returns to where the user is now. */
  readonly loginOptions?: LoginOptions;
}

/**
 * A real `<button>` that logs in. Disabled and `aria-busy` while the login is under way. A handler of your own
 * runs first and may call `preventDefault()`. A login that fails shows in the session's `error`.
 * @throws Error outside a SesamyProvider
 */
export function LoginButton({
  loginOptions,
  onClick,
  children = 'Log in',
  className = '',
  disabled = false,
  ...props
}: LoginButtonProps): ReactNode {
  const { loginWithRedirect, status } = useSession();
  const isBusy = status === 'authenticating';
  const login = (event: MouseEvent<HTMLButtonElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented) return;
    // The session's state tells of the failure, to whoever shows it.
    loginWithRedirect(loginOptions).catch(() => {});
  };
  return (
    <button
      type="button"
      {...props}
      className={`sesamy-login-button ${className}`.trim()}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      onClick={login}
    >
      {children}
    </button>
  );
}
