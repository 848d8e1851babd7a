'use client';

import { QueryClientContext, type QueryClient } from '@tanstack/react-query';
import { useContext, useEffect } from 'react';
import { ownQueryClient } from './own-query-client.js';
import { guardQueryCache } from './query-cache.js';
import { useSessionContext } from './session-context.js';

/** Returns the app's query client, or else the session's own, and guards it; see {@link guardQueryCache}. */
export function useGuardedQueryClient(): QueryClient {
  const session = useSessionContext();
  const client = useContext(QueryClientContext) ?? ownQueryClient(session);
  useEffect(() => guardQueryCache(session, client), [client, session]);
  return client;
}
