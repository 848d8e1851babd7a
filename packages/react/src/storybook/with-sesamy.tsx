'use client';

import type { TestSession } from '@sesamy-kit/session/testing';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ComponentType, type ReactElement, type ReactNode } from 'react';
import { SesamyProvider } from '../session-provider.js';
import { createTestQueryClient } from '../testing/test-query-client.js';
import { sesamyLoader, type LoadedSesamy, type SesamyParameters } from './sesamy-loader.js';

/** The part of a story's context that {@link withSesamy} reads. */
export interface SesamyStoryContext {
  readonly id: string;
  readonly parameters: { readonly sesamy?: SesamyParameters };
  readonly loaded: Partial<LoadedSesamy>;
}

/**
 * A decorator for Storybook that renders each story with a session of its own, in the state of `parameters.sesamy`, and
 * with a query client of its own. By default no user is signed in.
 */
export function withSesamy(Story: ComponentType, context: SesamyStoryContext): ReactElement {
  return (
    <StoryProviders
      key={context.id}
      createSession={() => context.loaded.session ?? sesamyLoader(context).session}
    >
      <Story />
    </StoryProviders>
  );
}

/** The session and the query client of a story, which last until it unmounts. */
function StoryProviders({
  createSession,
  children,
}: {
  readonly createSession: () => TestSession;
  readonly children: ReactNode;
}): ReactNode {
  const [session] = useState(createSession);
  const [queryClient] = useState(createTestQueryClient);
  return (
    <QueryClientProvider client={queryClient}>
      <SesamyProvider session={session}>{children}</SesamyProvider>
    </QueryClientProvider>
  );
}
