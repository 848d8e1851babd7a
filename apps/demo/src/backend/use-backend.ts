import { isApiError, isAuthError, useSession } from '@sesamy-kit/react';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';

const staleTimeMs = 60_000;
const maxRetries = 2;

/**
 * The demo backend's response for the signed-in user, as a TanStack Query result. Its `error` is an AuthError,
 * an ApiError, or an Error for an unexpected response.
 */
export function useBackend<Data>(
  url: string,
  isExpected: (value: unknown) => value is Data,
): UseQueryResult<Data> {
  const fetchJson = useSession((session) => session.fetchJson);
  const userId = useSession((session) =>
    session.status === 'authenticated' ? session.user.sub : null,
  );
  return useQuery({
    queryKey: ['backend', userId, url],
    queryFn: async () => {
      const response = await fetchJson(url);
      if (isExpected(response)) return response;
      throw new Error('The backend sent an unexpected response.');
    },
    enabled: userId !== null,
    staleTime: staleTimeMs,
    // No user data is kept after the page is left.
    gcTime: 0,
    retry: shouldRetry,
  });
}

/** Whether the user is authenticated but lacks the permission. */
export function isForbidden(error: Error | null): boolean {
  return isApiError(error) && error.status === 403;
}

function shouldRetry(failures: number, error: Error): boolean {
  if (failures >= maxRetries) return false;
  if (isAuthError(error)) return error.retryable;
  return isApiError(error) && error.status === 503;
}
