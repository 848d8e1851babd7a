import type { Session } from '@sesamy-kit/session';
import type { QueryClient } from '@tanstack/react-query';

/** The first element of the key of every query of ours. */
export const QUERY_SCOPE = 'sesamy';

/** Keeps one user's data out of another user's sight. */
export interface QueryCacheGuard {
  /** Guards our queries in this client too. */
  readonly watch: (client: QueryClient) => void;
  /** Starts to follow the session; returns how to stop. */
  readonly follow: () => () => void;
}

/**
 * Drops our queries, and only ours, from every watched client when the user changes or the session ends. The keys
 * carry the user as well, so a render in between cannot show them either.
 */
export function createQueryCacheGuard(session: Session): QueryCacheGuard {
  const clients = new Set<QueryClient>();
  let owner = readUserId(session);

  const dropForeign = (): void => {
    const user = readUserId(session);
    if (user === owner) return;
    const previous = owner;
    owner = user;
    if (previous === null) return;
    for (const client of clients) {
      client.removeQueries({ queryKey: [QUERY_SCOPE, session.issuer, session.clientId, previous] });
    }
  };

  return {
    watch: (client) => void clients.add(client),
    follow() {
      const stop = session.subscribe(dropForeign);
      // The user may have changed between the render and this effect.
      dropForeign();
      return stop;
    },
  };
}

/** The signed-in user's subject, or `null`. */
export function readUserId(session: Session): string | null {
  const state = session.getSnapshot();
  return state.status === 'authenticated' ? state.user.sub : null;
}
