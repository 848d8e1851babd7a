import { createMockServer } from '@sesamy-kit/mock-server';
import { act, render, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { describe, expect, test, vi } from 'vitest';
import {
  createSesamySession,
  SesamyProvider,
  useSession,
  type Session,
  type SessionState,
} from '../src/index.js';
import { client, clientId, openCallback, openSignedIn } from './app.js';

const consumerCount = 1000;

/** A component that uses the session, and the status that each of its renders has seen. */
function createConsumer(): { Consumer: () => null; rendered: SessionState['status'][] } {
  const rendered: SessionState['status'][] = [];
  const Consumer = (): null => {
    rendered.push(useSession().status);
    return null;
  };
  return { Consumer, rendered };
}

/** Opens a page without StrictMode, which renders everything twice. */
function openOnce(children: ReactNode, session: Session): void {
  render(<SesamyProvider session={session}>{children}</SesamyProvider>);
}

/** Lets the session's work and React's own come to rest. */
async function settle(session: Session): Promise<void> {
  await act(() => session.start());
  await act(async () => {});
}

describe('a consumer of useSession', () => {
  test('a useSession consumer renders twice in a login callback: initializing, then authenticated', async () => {
    const server = createMockServer({ clients: [client] });
    await openCallback(server, '/members');
    const session = createSesamySession({ clientId });
    const { Consumer, rendered } = createConsumer();
    openOnce(<Consumer />, session);
    await waitFor(() => expect(rendered).toContain('authenticated'));
    await settle(session);
    expect(rendered).toEqual(['initializing', 'authenticated']);
  });

  test('a useSession consumer renders once in a reload', async () => {
    await openSignedIn(createMockServer({ clients: [client] }));
    const session = createSesamySession({ clientId });
    const { Consumer, rendered } = createConsumer();
    openOnce(<Consumer />, session);
    await settle(session);
    expect(rendered).toEqual(['authenticated']);
  });

  test('a useSession consumer does not re-render for a token refresh', async () => {
    const server = createMockServer({ clients: [client] });
    const browser = await openSignedIn(server);
    const session = createSesamySession({ clientId });
    const { Consumer, rendered } = createConsumer();
    openOnce(<Consumer />, session);
    await settle(session);
    browser.advanceClock(4000);
    server.control.clock.advance({ seconds: 4000 });
    await act(() => session.getAccessToken());
    vi.useRealTimers();
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    expect(rendered).toEqual(['authenticated']);
  });
});

describe(`${consumerCount} consumers of useSession`, () => {
  /** A page of a signed-in user with so many consumers, which have rendered once each. */
  async function openMany(): Promise<{ session: Session; rendered: SessionState['status'][] }> {
    await openSignedIn(createMockServer({ clients: [client] }));
    const session = createSesamySession({ clientId });
    const { Consumer, rendered } = createConsumer();
    openOnce(
      Array.from({ length: consumerCount }, (_, index) => <Consumer key={index} />),
      session,
    );
    await settle(session);
    expect(rendered).toHaveLength(consumerCount);
    return { session, rendered };
  }

  test('many useSession consumers do not re-render while nothing changes: getAccessToken, focus, start', async () => {
    const { session, rendered } = await openMany();
    await act(async () => {
      await Promise.all(Array.from({ length: 10 }, () => session.getAccessToken()));
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new Event('focus'));
      session.dismissError();
    });
    await settle(session);
    expect(rendered).toHaveLength(consumerCount);
  });

  test('many useSession consumers re-render once each when the user logs out', async () => {
    const { session, rendered } = await openMany();
    await act(() => session.logout());
    expect(rendered.slice(consumerCount)).toEqual(
      Array.from({ length: consumerCount }, () => 'logging-out'),
    );
  });
});
