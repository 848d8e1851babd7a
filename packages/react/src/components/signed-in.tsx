'use client';

import type { RegisteredUser } from '@sesamy-kit/session';
import type { ReactNode } from 'react';
import { useSession } from '../use-session.js';

/** The props of `SignedIn`. */
export interface SignedInProps {
  /** Rendered while a user is signed in; a function receives the user. */
  readonly children?: ReactNode | ((user: RegisteredUser) => ReactNode);
}

/**
 * Renders its children while a user is signed in.
 * @throws Error outside a SesamyProvider
 */
export function SignedIn({ children }: SignedInProps): ReactNode {
  const session = useSession();
  if (session.status !== 'authenticated') return null;
  return typeof children === 'function' ? children(session.user) : children;
}
