import type { LogoutOptions } from '@sesamy-kit/session';
import type { ComponentProps, ReactNode } from 'react';
import { useSession } from '../use-session.js';
import { ActionButton } from './action-button.js';

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
  className = '',
  children = 'Log out',
  ...props
}: LogoutButtonProps): ReactNode {
  const { status, logout } = useSession();
  return (
    <ActionButton
      {...props}
      className={`sesamy-logout-button ${className}`}
      isBusy={status === 'logging-out'}
      action={() => logout(logoutOptions)}
    >
      {children}
    </ActionButton>
  );
}
