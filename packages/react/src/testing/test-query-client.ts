import { QueryClient } from '@tanstack/react-query';

/** Creates a client that shows errors at once, and leaves no timer behind that a test runner would wait for. */
export function createTestQueryClient(): QueryClient {
  const gcTime = Number.POSITIVE_INFINITY;
  return new QueryClient({
    defaultOptions: { queries: { retry: false, retryDelay: 0, gcTime }, mutations: { gcTime } },
  });
}
