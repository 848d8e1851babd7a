'use client';

import type { Session } from '@sesamy-kit/session';
import { createContext, useContext } from 'react';

/** What the provider hands down. */
export interface SessionContextValue {
  readonly session: Session;
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
