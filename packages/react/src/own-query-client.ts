import type { Session } from '@sesamy-kit/session';
import { QueryClient } from '@tanstack/react-query';

const clients = new WeakMap<Session, QueryClient>();

/** Returns the client for the queries of a session in an app that has no QueryClientProvider. */
export function ownQueryClient(session: Session): QueryClient {
  const client = clients.get(session) ?? new QueryClient();
  clients.set(session, client);
  return client;
}

/**
 * Mounts a client, so that its queries pause while offline and refetch on focus, as in a QueryClientProvider. The client
 * counts its mounts. The returned function unmounts it, after the mutations that wait for the network.
 */
export function mountClient(client: QueryClient): () => void {
  client.mount();
  return () => {
    const mutations = client.getMutationCache();
    const unmountIfIdle = (): void => {
      if (client.isMutating() > 0) return;
      stop();
      client.unmount();
    };
    const stop = mutations.subscribe(unmountIfIdle);
    unmountIfIdle();
  };
}
