import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { onlineManager, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  createSesamySession,
  isApiError,
  profileQueryOptions,
  SesamyProvider,
  type Session,
  sessionQueryKey,
  useProfile,
  useUpdateProfile,
} from '../src/index.js';
import { guardQueryCache } from '../src/query-cache.js';
import { client, clientId, logIn, openBrowser, openPage, openSignedIn } from './app.js';

const profileRequests = { endpoint: 'profile', method: 'GET' } as const;

let server: MockServer;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
});

function Name(): React.ReactNode {
  const { data, error, isPending } = useProfile();
  if (error !== null) return <p role="alert">{isApiError(error) ? error.status : error.message}</p>;
  return <p>{isPending ? 'Loading' : `${data?.firstName} “${data?.nickname}”`}</p>;
}

function Rename({ to }: { to: string }): React.ReactNode {
  const { mutate, isPending, error } = useUpdateProfile();
  return (
    <>
      <button type="button" onClick={() => mutate({ nickname: to })} aria-busy={isPending}>
        Rename
      </button>
      {error !== null && <p role="alert">Not saved</p>}
    </>
  );
}

describe('useProfile', () => {
  test('useProfile returns the profile without a query client of the app', async () => {
    await openSignedIn(server);
    openPage(<Name />);
    expect(await screen.findByText(/^Ada /)).toBeDefined();
    expect(server.control.requests.count(profileRequests)).toBe(1);
  });

  test("useProfile uses the app's query client", async () => {
    await openSignedIn(server);
    const queryClient = new QueryClient();
    const session = createSesamySession({ clientId });
    openPage(
      <QueryClientProvider client={queryClient}>
        <Name />
      </QueryClientProvider>,
      session,
    );
    await screen.findByText(/^Ada /);
    expect(queryClient.getQueryData(profileQueryOptions(session).queryKey)).toMatchObject({
      userId: 'email|ada',
    });
  });

  test('useProfile sends no request while no user is signed in', async () => {
    const browser = openBrowser(server);
    openPage(<Name />);
    await act(async () => {});
    expect(screen.getByText('Loading')).toBeDefined();
    expect(browser.requests).toEqual([]);
  });

  test("useProfile returns the API's error without a retry", async () => {
    await openSignedIn(server);
    server.control.faults.add({ endpoint: 'profile', status: 403, times: 'until-cleared' });
    openPage(<Name />);
    expect(await screen.findByText('403')).toBeDefined();
    expect(server.control.requests.count(profileRequests)).toBe(1);
  });

  test('profileQueryOptions gives loaders the same query', async () => {
    await openSignedIn(server);
    const session = createSesamySession({ clientId });
    const FromLoader = (): React.ReactNode => (
      <p>{useQuery(profileQueryOptions(session)).data?.firstName}</p>
    );
    openPage(
      <QueryClientProvider client={new QueryClient()}>
        <FromLoader />
      </QueryClientProvider>,
      session,
    );
    expect(await screen.findByText('Ada')).toBeDefined();
  });
});

describe('useUpdateProfile', () => {
  test('useUpdateProfile updates optimistically and keeps the update when the API accepts it', async () => {
    const browser = await openSignedIn(server);
    openPage(
      <>
        <Name />
        <Rename to="Countess" />
      </>,
    );
    await screen.findByText(/^Ada /);
    const release = browser.hold('/client/v1/profile');
    await userEvent.click(screen.getByRole('button'));
    expect(await screen.findByText('Ada “Countess”')).toBeDefined();
    expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true');
    release();
    await waitFor(() => expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('false'));
    expect(screen.getByText('Ada “Countess”')).toBeDefined();
    expect(server.control.users.get('ada')).toMatchObject({ nickname: 'Countess' });
  });

  test('useUpdateProfile rolls back when the API refuses the update', async () => {
    await openSignedIn(server);
    openPage(
      <>
        <Name />
        <Rename to="Countess" />
      </>,
    );
    const before = (await screen.findByText(/^Ada /)).textContent;
    server.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 500 });
    await userEvent.click(screen.getByRole('button'));
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(screen.getByText(/^Ada /).textContent).toBe(before);
  });
});

describe('an update that outlives its user', () => {
  test('an update is neither sent for nor shown to the next user', async () => {
    const browser = await openSignedIn(server);
    const session = createSesamySession({ clientId });
    openPage(
      <>
        <Name />
        <Rename to="First" />
        <Rename to="Second" />
      </>,
      session,
    );
    await screen.findByText(/^Ada /);
    const release = browser.hold('/client/v1/profile');
    const [first, second] = screen.getAllByRole('button');
    if (first === undefined || second === undefined) throw new Error('Two buttons were expected.');
    await userEvent.click(first);
    await userEvent.click(second);
    await act(async () => {
      await logIn(server, browser, () => createSesamySession({ clientId }), 'grace');
    });
    // Without the new state, the second update would still be the first user's.
    await waitFor(() =>
      expect(session.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } }),
    );
    release();
    await screen.findByText(/^Grace /);
    expect(await screen.findByRole('alert')).toBeDefined();
    expect(screen.getByText(/^Grace /).textContent).not.toMatch(/First|Second/);
    expect(server.control.users.get('grace')?.nickname).not.toBe('Second');
  });
});

describe('the query cache', () => {
  test("the kit's queries, and no others, are removed when the session ends", async () => {
    await openSignedIn(server);
    const queryClient = new QueryClient();
    queryClient.setQueryData(['weather'], 'rain');
    const session = createSesamySession({ clientId });
    openPage(
      <QueryClientProvider client={queryClient}>
        <Name />
      </QueryClientProvider>,
      session,
    );
    await screen.findByText(/^Ada /);
    const { queryKey } = profileQueryOptions(session);
    await act(() => session.logout());
    expect(queryClient.getQueryData(queryKey)).toBeUndefined();
    expect(queryClient.getQueryData(['weather'])).toBe('rain');
  });

  test('useProfile never shows one user the profile of another', async () => {
    const browser = await openSignedIn(server);
    openPage(<Name />);
    await screen.findByText(/^Ada /);
    await act(async () => {
      await logIn(server, browser, () => createSesamySession({ clientId }), 'grace');
    });
    expect(await screen.findByText(/^Grace /)).toBeDefined();
    expect(screen.queryByText(/^Ada /)).toBeNull();
  });

  test('a session on a server keeps no query client of a request', async () => {
    await openSignedIn(server);
    const session = createSesamySession({ clientId });
    const on = vi.spyOn(session, 'on');
    const { window: windowOfTests } = globalThis;
    vi.stubGlobal('window', undefined);
    onTestFinished(() => void vi.stubGlobal('window', windowOfTests));
    const ofRequest = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    await ofRequest.prefetchQuery({ ...profileQueryOptions(session), retry: false });
    expect(on).not.toHaveBeenCalled();
  });

  test('a persisted query of the restored user is kept, and one of an earlier user is removed', async () => {
    await openSignedIn(server);
    // Without the remembered user, the first state is `initializing`.
    localStorage.clear();
    const session = createSesamySession({ clientId });
    const keyOf = (user: string): readonly unknown[] => [
      ...sessionQueryKey(session).slice(0, 3),
      user,
      'orders',
    ];
    const queryClient = new QueryClient();
    queryClient.setQueryData(keyOf('email|ada'), 'those of Ada');
    queryClient.setQueryData(keyOf('email|grace'), 'those of Grace');
    guardQueryCache(session, queryClient);
    expect(session.getSnapshot().status).toBe('initializing');
    expect(queryClient.getQueryData(keyOf('email|ada'))).toBe('those of Ada');
    await session.ready;
    await waitFor(() => expect(queryClient.getQueryData(keyOf('email|grace'))).toBeUndefined());
    expect(queryClient.getQueryData(keyOf('email|ada'))).toBe('those of Ada');
  });

  test("a loader's query is removed when the session ends, without a provider", async () => {
    await openSignedIn(server);
    const queryClient = new QueryClient();
    const session = createSesamySession({ clientId });
    await session.ready;
    const options = profileQueryOptions(session);
    await queryClient.prefetchQuery(options);
    expect(queryClient.getQueryData(options.queryKey)).toBeDefined();
    await session.logout();
    expect(queryClient.getQueryData(options.queryKey)).toBeUndefined();
  });

  test('an update made offline is sent when the browser is online, though its form is gone', async () => {
    await openSignedIn(server);
    onTestFinished(() => onlineManager.setOnline(true));
    const session = createSesamySession({ clientId });
    const form = (isOpen: boolean): React.ReactNode => (
      <SesamyProvider session={session}>{isOpen && <Rename to="Countess" />}</SesamyProvider>
    );
    const { rerender } = render(form(true));
    await screen.findByRole('button');
    onlineManager.setOnline(false);
    await userEvent.click(screen.getByRole('button'));
    await waitFor(() => expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true'));
    rerender(form(false));
    expect(server.control.users.get('ada')?.nickname).not.toBe('Countess');
    onlineManager.setOnline(true);
    await waitFor(() => expect(server.control.users.get('ada')?.nickname).toBe('Countess'));
  });

  test('queries of a user who changed between the first render and its effects are removed', async () => {
    await openSignedIn(server);
    const queryClient = new QueryClient();
    const session = createSesamySession({ clientId });
    let isEarly = true;
    // No user is signed in at the first render; a child's effect, which runs before the provider's, changes that.
    const early: Session = {
      ...session,
      getSnapshot: () =>
        isEarly
          ? { status: 'unauthenticated', reason: 'none', error: null }
          : session.getSnapshot(),
    };
    function Gap(): null {
      useEffect(() => {
        isEarly = false;
      }, []);
      return null;
    }
    openPage(
      <QueryClientProvider client={queryClient}>
        <Gap />
        <Name />
      </QueryClientProvider>,
      early,
    );
    await screen.findByText(/^Ada /);
    const { queryKey } = profileQueryOptions(session);
    expect(queryClient.getQueryData(queryKey)).toBeDefined();
    await act(() => session.logout());
    expect(queryClient.getQueryData(queryKey)).toBeUndefined();
  });
});
