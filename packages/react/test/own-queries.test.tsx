import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  createSesamySession,
  sessionQueryKey,
  useSession,
  useSessionQueryKey,
  type Session,
} from '../src/index.js';
import { client, clientId, logIn, openBrowser, openPage, type TestBrowser } from './app.js';

/** Tests an app's own queries, which the kit knows only by their keys. */
let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
  browser = openBrowser(server);
});

const signIn = (user: string): Promise<Session> =>
  logIn(server, browser, () => createSesamySession({ clientId }), user);

/** What the app has shown, whoever was signed in. */
let shown: string[] = [];

function Orders(): ReactNode {
  const { user, fetchJson } = useSession();
  const queryKey = [...useSessionQueryKey(), 'orders'];
  const { data } = useQuery({
    queryKey,
    enabled: user !== undefined,
    staleTime: Infinity,
    queryFn: async () =>
      JSON.stringify(await fetchJson('https://api.sesamy.com/client/v1/profile')),
  });
  const text = `${user?.sub ?? 'nobody'}: ${data ?? 'nothing'}`;
  shown.push(text);
  return <p>{text}</p>;
}

function openOrders(session: Session): QueryClient {
  shown = [];
  const queryClient = new QueryClient();
  openPage(
    <QueryClientProvider client={queryClient}>
      <Orders />
    </QueryClientProvider>,
    session,
  );
  return queryClient;
}

describe("an app's own queries with useSessionQueryKey", () => {
  test('the data of one user is never shown to the next', async () => {
    const session = await signIn('ada');
    openOrders(session);
    await screen.findByText(/^email\|ada: .*"email\|ada"/);
    await signIn('grace');
    await screen.findByText(/^email\|grace: .*"email\|grace"/);
    const mixed = shown.filter((text) => /^email\|grace: .*ada/.test(text));
    expect(mixed).toEqual([]);
  });

  test('the data of a user is removed from the cache when the session ends', async () => {
    const session = await signIn('ada');
    const queryClient = openOrders(session);
    const queryKey = [...sessionQueryKey(session), 'orders'];
    await waitFor(() => expect(queryClient.getQueryData(queryKey)).toContain('ada'));
    await act(() => session.logout({ local: true }));
    expect(queryClient.getQueryData(queryKey)).toBeUndefined();
    expect(JSON.stringify(shown.at(-1))).not.toContain('ada');
  });

  test('the data of queries with other keys stays', async () => {
    const session = await signIn('ada');
    const queryClient = openOrders(session);
    queryClient.setQueryData(['tides'], 'high');
    await act(() => session.logout({ local: true }));
    expect(queryClient.getQueryData(['tides'])).toBe('high');
  });
});

test('sessionQueryKey names issuer, client and user, and null without a user', async () => {
  expect(sessionQueryKey(createSesamySession({ clientId }))).toEqual([
    'sesamy',
    'https://token.sesamy.com/',
    clientId,
    null,
  ]);
  expect(sessionQueryKey(await signIn('ada'))[3]).toBe('email|ada');
});
