'use client';

import { AuthError } from '@sesamy-kit/session';
import { useSuspenseQuery, type UseSuspenseQueryResult } from '@tanstack/react-query';
import { useGuardedQueryClient } from './guarded-query-client.js';
import type { Profile } from './profile.js';
import { useSessionContext } from './session-context.js';
import { profileQuery } from './use-profile.js';
import { useSession } from './use-session.js';

/**
 * Like {@link useProfile}, but suspends until the profile is there, also while the session is initializing, and throws
 * its error to the nearest error boundary. Render it for signed-in users only. On a server it throws, so that React
 * renders the fallback of the nearest `<Suspense>`, and the component in the browser.
 * @throws Error outside a SesamyProvider
 * @throws AuthError `login_required` if no user is signed in; what the request throws, AuthError or ApiError
 */
export function useSuspenseProfile(): UseSuspenseQueryResult<Profile> {
  const session = useSessionContext();
  const { status, user } = useSession();
  const client = useGuardedQueryClient();
  if (status === 'initializing') {
    // There the session stays `initializing`, and React would wait for ever.
    if (typeof window === 'undefined') {
      throw new Error('useSuspenseProfile goes on in the browser.');
    }
    // React 18 has no `use`.
    // oxlint-disable-next-line typescript/only-throw-error
    throw session.ready;
  }
  if (user === undefined) {
    throw new AuthError(
      'login_required',
      'useSuspenseProfile needs a signed-in user. Render it inside <SignedIn> or <RequireSession>.',
    );
  }
  return useSuspenseQuery(profileQuery(session, user.sub), client);
}
