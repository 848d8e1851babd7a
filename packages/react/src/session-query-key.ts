'use client';

import type { Session } from '@sesamy-kit/session';
import { useGuardedQueryClient } from './guarded-query-client.js';
import { QUERY_SCOPE, readUserId } from './query-cache.js';
import { useSessionContext } from './session-context.js';
import { useUserId } from './use-user-id.js';

/** The start of the keys of all queries of one user. */
export type SessionQueryKey = readonly [
  scope: typeof QUERY_SCOPE,
  issuer: string,
  clientId: string,
  userId: string | null,
];

/**
 * Returns the start of the keys of the app's own queries of the signed-in user, as in
 * `[...sessionQueryKey(session), 'orders']`, for loaders. No user can see another's data, since the key has the user;
 * {@link useSessionQueryKey} also removes it.
 */
export function sessionQueryKey(session: Session): SessionQueryKey {
  return keyOf(session, readUserId(session));
}

/**
 * Returns the start of the keys of the app's own queries of the signed-in user, as in
 * `useQuery({ queryKey: [...useSessionQueryKey(), 'orders'], … })`. When the user changes or the session ends, the
 * queries with such keys are removed from the client of the nearest QueryClientProvider.
 * @throws Error outside a SesamyProvider
 */
export function useSessionQueryKey(): SessionQueryKey {
  const session = useSessionContext();
  const userId = useUserId();
  useGuardedQueryClient();
  return keyOf(session, userId);
}

function keyOf({ issuer, clientId }: Session, userId: string | null): SessionQueryKey {
  return [QUERY_SCOPE, issuer, clientId, userId];
}
