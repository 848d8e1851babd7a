'use client';

import { useProvidedSession } from '@sesamy-kit/react/devtools';
import type { Session } from '@sesamy-kit/session';

/**
 * Returns the given session, or the provider's.
 * @throws Error outside a SesamyProvider if no session is given
 */
export function useDevtoolsSession(given: Session | undefined): Session {
  const provided = useProvidedSession();
  const session = given ?? provided;
  if (session === null) {
    throw new Error('Put SesamyDevtools inside <SesamyProvider>, or pass it a session.');
  }
  return session;
}
