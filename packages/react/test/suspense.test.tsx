import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, render, screen } from '@testing-library/react';
import { Component, Suspense, use, version, type ReactNode } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createSesamySession,
  SignedIn,
  useSession,
  useSuspenseProfile,
  type Session,
} from '../src/index.js';
import { client, clientId, openBrowser, openPage, openSignedIn } from './app.js';

let server: MockServer;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
});

class Boundary extends Component<{ children: ReactNode }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error instanceof Error ? <p role="alert">{error.message}</p> : this.props.children;
  }
}

function Name(): ReactNode {
  return <p>{useSuspenseProfile().data.firstName}</p>;
}

const page = (content: ReactNode): ReactNode => (
  <Boundary>
    <Suspense fallback={<p>Loading</p>}>{content}</Suspense>
  </Boundary>
);

describe('useSuspenseProfile', () => {
  test('useSuspenseProfile suspends until the profile is there, by one request', async () => {
    await openSignedIn(server);
    openPage(page(<Name />));
    expect(screen.getByText('Loading')).toBeDefined();
    expect(await screen.findByText('Ada')).toBeDefined();
    expect(server.control.requests.count({ endpoint: 'profile', method: 'GET' })).toBe(1);
  });

  test('useSuspenseProfile suspends while the session is initializing', async () => {
    await openSignedIn(server);
    localStorage.clear();
    openPage(page(<Name />));
    expect(screen.getByText('Loading')).toBeDefined();
    expect(await screen.findByText('Ada')).toBeDefined();
  });

  test('useSuspenseProfile throws the error of the request to the boundary', async () => {
    await openSignedIn(server);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    server.control.faults.add({ endpoint: 'profile', status: 403 });
    openPage(page(<Name />));
    expect((await screen.findByRole('alert')).textContent).toContain('403');
  });

  test('useSuspenseProfile without a user says where to render it', async () => {
    openBrowser(server);
    vi.spyOn(console, 'error').mockImplementation(() => {});
    openPage(page(<Name />));
    expect((await screen.findByRole('alert')).textContent).toContain('<SignedIn>');
  });

  test('useSuspenseProfile inside SignedIn survives a logout', async () => {
    await openSignedIn(server);
    const session = createSesamySession({ clientId });
    openPage(
      page(
        <SignedIn>
          <Name />
        </SignedIn>,
      ),
      session,
    );
    await screen.findByText('Ada');
    await act(() => session.logout({ local: true }));
    expect(screen.queryByText('Ada')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('session.ready', () => {
  function Status({ session }: { session: Session }): ReactNode {
    use(session.ready);
    return <p>{useSession().status}</p>;
  }

  // React 18 has no use().
  test.skipIf(version.startsWith('18.'))(
    'use(session.ready) suspends until the state is known',
    async () => {
      openBrowser(server);
      const session = createSesamySession({ clientId });
      await act(async () => {
        openPage(page(<Status session={session} />), session);
      });
      expect(await screen.findByText('unauthenticated')).toBeDefined();
    },
  );

  test('session.ready starts a session that nothing else has started', async () => {
    openBrowser(server);
    const session = createSesamySession({ clientId });
    await session.ready;
    expect(session.getSnapshot().status).toBe('unauthenticated');
  });

  test('session.ready is resolved for a remembered user without a request', async () => {
    const browser = await openSignedIn(server);
    const before = browser.requests.length;
    const session = createSesamySession({ clientId });
    await session.ready;
    expect(session.getSnapshot().status).toBe('authenticated');
    expect(browser.requests).toHaveLength(before);
  });

  test('a copy of the session, as useSession makes, does not start it', async () => {
    openBrowser(server);
    const session = createSesamySession({ clientId });
    const copy = { ...session };
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.getSnapshot().status).toBe('initializing');
    expect(copy.ready).toBe(session.ready);
  });
});

test('a hook outside a provider says what is missing, and what else may be wrong', () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  function Outside(): ReactNode {
    return useSession().status;
  }
  expect(() => render(<Outside />)).toThrow(/<SesamyProvider>.*two copies/);
});
