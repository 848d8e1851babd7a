'use client';

import { useEffect, type ComponentType, type FC, type JSX, type ReactNode } from 'react';
import { Auth0Context } from './auth0-context.js';
import { AUTOMATIC } from './login-functions.js';
import type { Auth0ContextInterface, RedirectLoginOptions } from './types.js';
import { useAuth0 } from './use-auth0.js';

/** Options of `withAuthenticationRequired`. */
export interface WithAuthenticationRequiredOptions {
  /** The page to return to. Default: the current page. */
  returnTo?: string | (() => string);
  /** Rendered while the page redirects. Default: nothing. */
  onRedirecting?: () => JSX.Element;
  /** Called before the redirect, which waits for it. */
  onBeforeAuthentication?: () => Promise<void>;
  /** Options of the login. */
  loginOptions?: RedirectLoginOptions;
  /** The context of the provider. Default `Auth0Context`. */
  context?: React.Context<Auth0ContextInterface>;
}

/**
 * Returns a component that is rendered for a signed-in user, and redirects everyone else to the login. After a failed
 * login, and after two unsuccessful ones within a minute, it does not redirect again: `error` of `useAuth0` says why.
 */
export function withAuthenticationRequired<Props extends object>(
  Component: ComponentType<Props>,
  options: WithAuthenticationRequiredOptions = {},
): FC<Props> {
  return (props) => (
    <AuthenticationRequired {...options}>
      <Component {...props} />
    </AuthenticationRequired>
  );
}

interface AuthenticationRequiredProps extends WithAuthenticationRequiredOptions {
  readonly children: ReactNode;
}

function AuthenticationRequired({
  returnTo = currentPage,
  onRedirecting,
  onBeforeAuthentication,
  loginOptions,
  context = Auth0Context,
  children,
}: AuthenticationRequiredProps): ReactNode {
  const { isAuthenticated, isLoading, error, loginWithRedirect } = useAuth0(context);
  const isDue = !isLoading && !isAuthenticated && error === undefined;

  useEffect(() => {
    if (!isDue) return;
    const login = {
      ...loginOptions,
      appState: {
        ...loginOptions?.appState,
        returnTo: typeof returnTo === 'function' ? returnTo() : returnTo,
      },
      [AUTOMATIC]: true,
    };
    (async () => {
      await onBeforeAuthentication?.();
      await loginWithRedirect(login);
    })().catch(() => {
      // A failed login is in the state.
    });
  }, [isDue, loginWithRedirect, loginOptions, onBeforeAuthentication, returnTo]);

  return isAuthenticated ? children : onRedirecting?.();
}

/** A path that starts with two slashes would be another host for a router. */
function currentPage(): string {
  return location.pathname.replace(/^\/{2,}/, '/') + location.search;
}
