'use client';

import { useSession } from './use-session.js';

/** Returns the signed-in user's `sub`, or `null`. */
export function useUserId(): string | null {
  return useSession(({ user }) => user?.sub ?? null);
}
