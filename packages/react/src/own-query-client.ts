import type { Session } from '@sesamy-kit/session';
import { QueryClient } from '@tanstack/react-query';
import { addFollower } from './followers.js';

const clients = new WeakMap<Session, QueryClient>();

/** Returns the client for the queries of a session in an app that has no QueryClientProvider. */
export function ownQueryClient(session: Session): QueryClient {
  const existing = clients.get(session);
  if (existing !== undefined) return existing;
  const client = new QueryClient();
  clients.set(session, client);
  // Queries pause while offline and refetch on focus, as in a QueryClientProvider.
  addFollower(session, {}, () => {
    client.mount();
    return () => client.unmount();
  });
  return client;
}
