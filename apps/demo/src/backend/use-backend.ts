import { isApiError, isAuthError, useSession } from '@sesamy-kit/react';
import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';

const staleTimeMs = 60_000;
const maxRetries = 2;

/**
 * What our own backend answers to the signed-in reader, as a result of TanStack Query. Its `error` is an AuthError,
 * an ApiError, or an Error for an answer that is none we know.
 */
export function useBackend<Answer>(
  url: string,
  isAnswer: (value: unknown) => value is Answer,
): UseQueryResult<Answer> {
  const fetchJson = useSession((session) => session.fetchJson);
  const userId = useSession((session) =>
    session.status === 'authenticated' ? session.user.sub : null,
  );
  return useQuery({
    queryKey: ['backend', userId, url],
    queryFn: async () => {
      const answer = await fetchJson(url);
      if (isAnswer(answer)) return answer;
      throw new Error('The backend answered with something else than was asked for.');
    },
    enabled: userId !== null,
    staleTime: staleTimeMs,
    // Nothing of a reader is kept when they leave the page.
    gcTime: 0,
    retry: shouldRetry,
  });
}

/** Tells whether the backend knows the reader, and has nothing for them here. */
export function isForbidden(error: Error | null): boolean {
  return isApiError(error) && error.status === 403;
}

function shouldRetry(failures: number, error: Error): boolean {
  if (failures >= maxRetries) return false;
  if (isAuthError(error)) return error.retryable;
  return isApiError(error) && error.status === 503;
}
