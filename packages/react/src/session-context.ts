'use client';

import type { Session } from '@sesamy-kit/session';
import { createContext, useContext } from 'react';

/** The context of the session; `null` outside a provider. */
export const SessionContext: React.Context<Session | null> = createContext<Session | null>(null);

/**
 * Returns the provider's session.
 * @throws Error outside a SesamyProvider
 */
export function useSessionContext(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error(
      'Put <SesamyProvider> around this. If there is one, "npm ls @sesamy-kit/react" lists two copies.',
    );
  }
  return session;
}
