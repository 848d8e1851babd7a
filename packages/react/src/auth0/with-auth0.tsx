'use client';

import type { ComponentType, ReactNode } from 'react';
import { Auth0Context } from './auth0-context.js';
import type { Auth0ContextInterface } from './types.js';
import { useAuth0 } from './use-auth0.js';

/** The props that `withAuth0` adds. */
export interface WithAuth0Props {
  auth0: Auth0ContextInterface;
}

/** Returns a component that passes what `useAuth0` returns as the prop `auth0`. */
export function withAuth0<Props extends WithAuth0Props>(
  Component: ComponentType<Props>,
  context: React.Context<Auth0ContextInterface> = Auth0Context,
): ComponentType<Omit<Props, keyof WithAuth0Props>> {
  return (props) => (
    <Auth0Value context={context}>
      {(auth0) => (
        // TypeScript does not see that `Omit<Props, 'auth0'>` and `auth0` are `Props`.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        <Component {...({ ...props, auth0 } as Props)} />
      )}
    </Auth0Value>
  );
}

interface Auth0ValueProps {
  readonly context: React.Context<Auth0ContextInterface>;
  readonly children: (auth0: Auth0ContextInterface) => ReactNode;
}

function Auth0Value({ context, children }: Auth0ValueProps): ReactNode {
  return children(useAuth0(context));
}
