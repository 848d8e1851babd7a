'use client';

import type { Session } from '@sesamy-kit/session';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';

/** What the provider hands down. */
export interface SessionContextValue {
  readonly session: Session;
  /** Serves our queries where the app has no QueryClientProvider of its own. */
  readonly ownQueryClient: QueryClient;
  /** Has our queries in this client dropped when the user changes or the session ends. */
  readonly watchQueryClient: (client: QueryClient) => void;
}

/** Empty outside a provider. */
export const SessionContext: React.Context<SessionContextValue | null> =
  createContext<SessionContextValue | null>(null);

/**
 * The provider's value.
 * @throws Error outside a SesamyProvider
 */
export function useSessionContext(): SessionContextValue {
  const value = useContext(SessionContext);
  if (value === null) {
    throw new Error('Put <SesamyProvider> around this Sesamy hook or component.');
  }
  return value;
}
