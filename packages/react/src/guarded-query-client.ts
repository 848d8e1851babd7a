'use client';

import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import { useContext, useEffect } from 'react';
import { mountClient, ownQueryClient } from './own-query-client.js';
import { guardQueryCache } from './query-cache.js';
import { useSessionContext } from './session-context.js';

/** Returns the app's query client, or else the session's own, and guards it; see {@link guardQueryCache}. */
export function useGuardedQueryClient(): QueryClient {
  const session = useSessionContext();
  const appClient = useContext(QueryClientContext);
  const client = appClient ?? ownQueryClient(session);
  const isOwn = appClient === undefined;
  useEffect(() => guardQueryCache(session, client), [client, session]);
  useEffect(() => (isOwn ? mountClient(client) : undefined), [client, isOwn]);
  return client;
}
