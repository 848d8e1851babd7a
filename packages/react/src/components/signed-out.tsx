'use client';

import type { ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** What `SignedOut` shows. */
export interface SignedOutProps {
  readonly children?: ReactNode;
}

/**
 * Shows its children while nobody is signed in, also while the login is on its way. Shows nothing until it is known.
 * @throws Error outside a SesamyProvider
 */
export function SignedOut({ children }: SignedOutProps): ReactNode {
  const status = useSession((session) => session.status);
  return status === 'unauthenticated' || status === 'authenticating' ? children : null;
}
