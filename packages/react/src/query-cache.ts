import type { Session } from '@sesamy-kit/session';
import type { QueryClient } from '@tanstack/react-query';
import { addFollower } from './followers.js';

/** The first element of the kit's query keys. */
export const QUERY_SCOPE = 'sesamy';

/**
 * Removes the kit's queries, and no others, from a client when the user changes or the session ends. The keys include
 * the user, so that a render in between cannot show another user's data.
 */
export function guardQueryCache(session: Session, client: QueryClient): void {
  // On a server, a session would keep the client of each request.
  if (typeof window === 'undefined') return;
  const { issuer, clientId } = session;
  let owner: string | null | undefined;

  const removeForeign = (): void => {
    const user = readUserId(session);
    if (user === owner) return;
    owner = user;
    client.removeQueries({
      queryKey: [QUERY_SCOPE, issuer, clientId],
      predicate: ({ queryKey }) => queryKey[3] !== user && queryKey[3] !== null,
    });
  };

  addFollower(session, client, () => {
    const unsubscribe = session.subscribe(removeForeign);
    // The user may have changed before.
    removeForeign();
    return unsubscribe;
  });
}

/** Returns the signed-in user's `sub`, or `null`. */
export function readUserId(session: Session): string | null {
  const state = session.getSnapshot();
  return state.status === 'authenticated' ? state.user.sub : null;
}
