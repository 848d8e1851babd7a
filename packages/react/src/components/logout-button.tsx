import type { LogoutOptions } from '@sesamy-kit/session';
import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** All that a `<button>` takes, and the logout's options. */
export interface LogoutButtonProps extends ComponentProps<'button'> {
  /** Where to go afterwards. By default to the root of the page's origin. */
  readonly logoutOptions?: LogoutOptions;
}

/**
 * A real `<button>` that logs out. Disabled and `aria-busy` while the logout is under way. A handler of your own
 * runs first and may call `preventDefault()`.
 * @throws Error outside a SesamyProvider
 */
export function LogoutButton({
  logoutOptions,
  onClick,
  children = 'Log out',
  className = '',
  disabled = false,
  ...props
}: LogoutButtonProps): ReactNode {
  const { logout, status } = useSession();
  const isBusy = status === 'logging-out';
  const leave = (event: MouseEvent<HTMLButtonElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented) return;
    // The session is over in this browser and the page leaves, whatever the storage said to it.
    logout(logoutOptions).catch(() => {});
  };
  return (
    <button
      type="button"
      {...props}
      className={`sesamy-logout-button ${className}`.trim()}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      onClick={leave}
    >
      {children}
    </button>
  );
}
