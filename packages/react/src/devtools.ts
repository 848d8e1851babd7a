'use client';

/*
 * For @sesamy-kit/devtools. Not for apps: it may change in any version.
 */
import type { Session } from '@sesamy-kit/session';
import { useContext } from 'react';
import { SessionContext } from './session-context.js';

/** Returns the session of the provider; `null` outside one. */
export function useProvidedSession(): Session | null {
  return useContext(SessionContext);
}
