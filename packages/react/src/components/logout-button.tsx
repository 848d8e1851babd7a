'use client';

import type { LogoutOptions } from '@sesamy-kit/session';
import { forwardRef, type ForwardRefExoticComponent, type RefAttributes } from 'react';
import { useSession } from '../use-session.js';
import { ActionButton, type SessionButtonProps } from './action-button.js';

/** The props of a `<button>`, and the logout's options. */
export interface LogoutButtonProps extends SessionButtonProps {
  /** Options of the logout. By default it returns to the root of the page's origin. */
  readonly logoutOptions?: LogoutOptions;
}

/**
 * Renders a `<button>` that logs the user out. Disabled and `aria-busy` while the logout is in progress. Your own
 * `onClick` runs first and may call `preventDefault()`.
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
      className={`sesamy-logout-button ${className}`.trim()}
      isBusy={status === 'logging-out'}
      action={() => logout(logoutOptions)}
    >
      {children}
    </ActionButton>
  );
});
