'use client';

import type { User } from '@sesamy-kit/session';
import type { ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** What `SignedIn` shows. */
export interface SignedInProps {
  /** Shown while somebody is signed in; a function is given the user. */
  readonly children?: ReactNode | ((user: User) => ReactNode);
}

/**
 * Shows its children while somebody is signed in.
 * @throws Error outside a SesamyProvider
 */
export function SignedIn({ children }: SignedInProps): ReactNode {
  const session = useSession();
  if (session.status !== 'authenticated') return null;
  return typeof children === 'function' ? children(session.user) : children;
}
