'use client';

import type { Session } from '@sesamy-kit/session';
import type { Respond, TestSession, TestState } from '@sesamy-kit/session/testing';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { render, type RenderOptions, type RenderResult } from '@testing-library/react';
import { Fragment, type ComponentType, type ReactNode } from 'react';
import { SesamyProvider } from '../session-provider.js';
import { createTestQueryClient } from './test-query-client.js';
import type { TestProfile } from './test-profile.js';
import { createTestSession } from './test-session.js';

/** Options of Testing Library's `render`, and the query client. */
export interface RenderSetup extends Omit<RenderOptions, 'queries' | 'wrapper'> {
  /** Rendered around the components, inside the session's provider, e.g. a router. */
  readonly wrapper?: ComponentType<{ children: ReactNode }> | undefined;
  /** The client of all queries. Default: a new one; it does not retry the app's queries, and the kit's without delay. */
  readonly queryClient?: QueryClient | undefined;
}

/** Options of {@link renderWithSession} that create the session. */
export type RenderWithSessionOptions = RenderSetup &
  TestProfile &
  TestState & {
    /** Responds to the requests of the session. */
    readonly respond?: Respond | undefined;
  };

/** Testing Library's result, and the session. */
export type RenderWithSessionResult<Given extends Session = TestSession> = RenderResult & {
  readonly session: Given;
};

/**
 * Renders components with a session by Testing Library: with `user` signed in, in another `state`, or signed out.
 */
export function renderWithSession(
  ui: ReactNode,
  options?: RenderWithSessionOptions,
): RenderWithSessionResult;
/** Renders components with the given `session`, a test session or a real one. */
export function renderWithSession<Given extends Session>(
  ui: ReactNode,
  options: RenderSetup & { readonly session: Given },
): RenderWithSessionResult<Given>;
export function renderWithSession(
  ui: ReactNode,
  options: RenderWithSessionOptions | (RenderSetup & { readonly session: Session }) = {},
): RenderWithSessionResult<Session> {
  const { session, renderOptions } = takeSession(options);
  const {
    wrapper: Wrapper = Fragment,
    queryClient = createTestQueryClient(),
    ...rest
  } = renderOptions;
  const result = render(ui, {
    ...rest,
    wrapper: ({ children }) => (
      <QueryClientProvider client={queryClient}>
        <SesamyProvider session={session}>
          <Wrapper>{children}</Wrapper>
        </SesamyProvider>
      </QueryClientProvider>
    ),
  });
  return { ...result, session };
}

function takeSession(
  options: RenderWithSessionOptions | (RenderSetup & { readonly session: Session }),
): { session: Session; renderOptions: RenderSetup } {
  if ('session' in options) {
    const { session, ...renderOptions } = options;
    return { session, renderOptions };
  }
  const { user, state, profile, respond, ...renderOptions } = options;
  const states = user === undefined ? { state } : { user };
  return { session: createTestSession({ ...states, profile, respond }), renderOptions };
}
