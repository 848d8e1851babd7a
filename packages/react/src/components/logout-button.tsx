'use client';

import type { LogoutOptions } from '@sesamy-kit/session';
import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { useSession } from '../use-session.js';
import { ActionButton, type SessionButtonProps } from './action-button.js';

/** All that a `<button>` takes, and the logout's options. */
export interface LogoutButtonProps extends SessionButtonProps {
  /** Where to go afterwards. By default to the root of the page's origin. */
  readonly logoutOptions?: LogoutOptions;
}

/**
 * A real `<button>` that logs out. Disabled and `aria-busy` while the logout is under way. A handler of your own
 * runs first and may call `preventDefault()`.
 * @throws Error outside a SesamyProvider
 */
export const LogoutButton: ForwardRefExoticComponent<
  LogoutButtonProps & RefAttributes<HTMLButtonElement>
> = forwardRef(function LogoutButton(
  { logoutOptions, className = '', children = 'Log out', ...props },
  ref,
) {
  const { status, logout } = useSession();
  return (
    <ActionButton
      {...props}
      buttonRef={ref}
      className={`sesamy-logout-button ${className}`}
      isBusy={status === 'logging-out'}
      action={() => logout(logoutOptions)}
    >
      {children}
    </ActionButton>
  );
});
