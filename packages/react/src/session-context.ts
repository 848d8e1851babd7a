'use client';

import type { Session } from '@sesamy-kit/session';
import { createContext, useContext } from 'react';

/** The value of the provider's context. */
export interface SessionContextValue {
  readonly session: Session;
}

/** The context of the session; `null` outside a provider. */
export const SessionContext: React.Context<SessionContextValue | null> =
  createContext<SessionContextValue | null>(null);

/**
 * Returns the provider's value.
 * @throws Error outside a SesamyProvider
 */
export function useSessionContext(): SessionContextValue {
  const value = useContext(SessionContext);
  if (value === null) {
    throw new Error('Put <SesamyProvider> around this Sesamy hook or component.');
  }
  return value;
}
