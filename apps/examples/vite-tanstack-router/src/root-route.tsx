import type { Session } from '@sesamy-kit/react';
import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { Layout } from './layout';

/** What guards and loaders get. */
export interface RouterContext {
  readonly session: Session;
  readonly queryClient: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Layout });
