import type { Session } from '@sesamy-kit/session';
import type { QueryClient } from '@tanstack/react-query';

/** The first element of the kit's query keys. */
export const QUERY_SCOPE = 'sesamy';

const guarded = new WeakMap<Session, WeakSet<QueryClient>>();

/**
 * Removes the kit's queries, and no others, from a client when the user changes or the session ends. The keys include
 * the user, so that a render in between cannot show another user's data.
 */
export function guardQueryCache(session: Session, client: QueryClient): void {
  // On a server, a session would keep the client of each request.
  if (typeof window === 'undefined') return;
  const clients = guarded.get(session) ?? new WeakSet();
  if (clients.has(client)) return;
  guarded.set(session, clients.add(client));
  const { issuer, clientId } = session;

  const removeForeign = (): void => {
    const user = readUserId(session);
    client.removeQueries({
      queryKey: [QUERY_SCOPE, issuer, clientId],
      predicate: ({ queryKey }) => queryKey[3] !== user && queryKey[3] !== null,
    });
  };

  // Each change of the user emits an event. A subscription would keep the session awake in pages without a provider.
  session.on('*', removeForeign);
  // A persisted cache may have queries of the user who is about to be found, and of earlier ones.
  session.ready.then(removeForeign);
}

/** Returns the signed-in user's `sub`, or `null`. */
export function readUserId(session: Session): string | null {
  const state = session.getSnapshot();
  return state.status === 'authenticated' ? state.user.sub : null;
}
