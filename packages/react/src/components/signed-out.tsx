'use client';

import type { ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** The props of `SignedOut`. */
export interface SignedOutProps {
  readonly children?: ReactNode;
}

/**
 * Renders its children while no user is signed in, including during a login. Renders nothing while initializing.
 * @throws Error outside a SesamyProvider
 */
export function SignedOut({ children }: SignedOutProps): ReactNode {
  const status = useSession((session) => session.status);
  return status === 'unauthenticated' || status === 'authenticating' ? children : null;
}
