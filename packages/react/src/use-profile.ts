'use client';

import { AuthError, isApiError, isAuthError, type Session } from '@sesamy-kit/session';
import {
  queryOptions,
  useMutation,
  useQuery,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';
import { fetchProfile, patchProfile, type Profile, type ProfilePatch } from './profile.js';
import { useGuardedQueryClient } from './guarded-query-client.js';
import { guardQueryCache, QUERY_SCOPE, readUserId } from './query-cache.js';
import { useSessionContext } from './session-context.js';
import { useUserId } from './use-user-id.js';

/** A profile may be a minute old, which saves a request at each page change. */
const STALE_TIME_MS = 60_000;
const MAX_RETRIES = 2;

/** Options of `useProfile`. */
export interface UseProfileOptions {
  /** `false` sends no request. Default `true`. */
  readonly enabled?: boolean;
}

/** The key of the profile query. */
export type ProfileQueryKey = readonly [
  scope: typeof QUERY_SCOPE,
  issuer: string,
  clientId: string,
  userId: string | null,
  resource: 'profile',
];

/** Options for TanStack Query, typed for a {@link Profile}. */
export type ProfileQueryOptions = ReturnType<
  typeof queryOptions<Profile, Error, Profile, ProfileQueryKey>
>;

/**
 * Returns the profile query of the signed-in user, for loaders and for other hooks of TanStack Query. It is disabled
 * while no user is signed in.
 */
export function profileQueryOptions(session: Session): ProfileQueryOptions {
  return optionsFor(session, readUserId(session));
}

/**
 * Returns the signed-in user's profile from Sesamy's API, as a TanStack Query result. Works inside the app's own
 * QueryClientProvider and without one. While no user is signed in it stays `pending` and sends no request.
 * Its `error` is an AuthError or an ApiError.
 * @throws Error outside a SesamyProvider
 */
export function useProfile({ enabled = true }: UseProfileOptions = {}): UseQueryResult<Profile> {
  const session = useSessionContext();
  const userId = useUserId();
  const options = optionsFor(session, userId);
  return useQuery({ ...options, enabled: enabled && userId !== null }, useGuardedQueryClient());
}

/** The context of a mutation when it starts: by its end another user may be signed in. */
interface ProfileChange {
  readonly queryKey: ProfileQueryOptions['queryKey'];
  readonly userId: string | null;
  readonly before: Profile | undefined;
}

/** Options of `useUpdateProfile`. */
export interface UpdateProfileOptions {
  /** `wait` waits until the user has logged in again if the session has ended; see `session.fetch`. Default `reject`. */
  readonly whenSignedOut?: 'reject' | 'wait' | undefined;
}

/**
 * Returns a mutation that updates the signed-in user's profile optimistically, and rolls back if it is refused.
 * Updates are sent one after the other, and only for the user who made them. Its `error` is an AuthError or an
 * ApiError.
 * @throws Error outside a SesamyProvider
 */
export function useUpdateProfile(
  options?: UpdateProfileOptions,
): UseMutationResult<Profile | null, Error, ProfilePatch> {
  const session = useSessionContext();
  const queryClient = useGuardedQueryClient();
  const [owners] = useState(() => new WeakMap<ProfilePatch, string | null>());
  const show = (change: ProfileChange | undefined, profile: Profile | null | undefined): void => {
    if (!change || !profile || change.userId !== readUserId(session)) return;
    queryClient.setQueryData(change.queryKey, profile);
  };
  return useMutation<Profile | null, Error, ProfilePatch, ProfileChange>(
    {
      scope: { id: `${QUERY_SCOPE}/profile` },
      mutationFn(patch) {
        // It may have waited offline, or behind another update.
        if (owners.get(patch) === readUserId(session)) return patchProfile(session, patch, options);
        throw new AuthError('login_required', 'Another user is signed in; nothing was changed.');
      },
      async onMutate(patch) {
        const userId = readUserId(session);
        owners.set(patch, userId);
        const { queryKey } = optionsFor(session, userId);
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData(queryKey);
        const change = { queryKey, userId, before };
        show(change, before && { ...before, ...patch });
        return change;
      },
      onError: (_error, _patch, change) => show(change, change?.before),
      onSuccess: (after, _patch, change) => show(change, after),
      onSettled: (_after, _error, _patch, change) =>
        change && queryClient.invalidateQueries({ queryKey: change.queryKey }),
    },
    queryClient,
  );
}

function optionsFor(session: Session, userId: string | null): ProfileQueryOptions {
  return queryOptions<Profile, Error, Profile, ProfileQueryKey>({
    ...profileQuery(session, userId),
    enabled: userId !== null,
  });
}

/** The profile query of a user. */
export interface ProfileQuery {
  readonly queryKey: ProfileQueryKey;
  readonly queryFn: (context: { readonly client: QueryClient }) => Promise<Profile>;
  readonly staleTime: number;
  readonly retry: (failures: number, error: Error) => boolean;
}

/** Returns the profile query of a user. */
export function profileQuery(session: Session, userId: string | null): ProfileQuery {
  return {
    queryKey: [QUERY_SCOPE, session.issuer, session.clientId, userId, 'profile'],
    // Without the signal: StrictMode would abort the first request and send it again.
    queryFn({ client }) {
      // A loader may use these options before a hook of the kit is mounted.
      guardQueryCache(session, client);
      return fetchProfile(session);
    },
    staleTime: STALE_TIME_MS,
    retry: shouldRetry,
  };
}

/** Whether to retry: not an error that the user or the developer must fix. */
function shouldRetry(failures: number, error: Error): boolean {
  if (failures >= MAX_RETRIES) return false;
  if (isAuthError(error)) return error.retryable;
  return !isApiError(error) || error.status >= 500;
}
