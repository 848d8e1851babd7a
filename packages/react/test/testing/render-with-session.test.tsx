import { QueryClient, useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Suspense, type ReactNode } from 'react';
import { MemoryRouter, useLocation } from 'react-router';
import { describe, expect, test, vi } from 'vitest';
import {
  AuthError,
  LoginButton,
  LogoutButton,
  RequireSession,
  SignedIn,
  SignedOut,
  useProfile,
  useSession,
  useSuspenseProfile,
  useUpdateProfile,
} from '../../src/index.js';
import { createTestSession, renderWithSession } from '../../src/testing/index.js';

const ada = { sub: 'email|ada', given_name: 'Ada', email: 'ada@example.com' };

function Page(): ReactNode {
  return (
    <>
      <SignedIn>{(user) => <p>Hello {user.given_name}</p>}</SignedIn>
      <SignedOut>
        <LoginButton loginOptions={{ returnTo: '/members' }} />
      </SignedOut>
    </>
  );
}

describe('renderWithSession', () => {
  test('renderWithSession renders a signed-in user immediately', () => {
    renderWithSession(<Page />, { user: ada });
    expect(screen.getByText('Hello Ada')).toBeDefined();
  });

  test('renderWithSession without options renders a signed-out user', () => {
    renderWithSession(<Page />);
    expect(screen.getByRole('button', { name: 'Log in' })).toBeDefined();
  });

  test('renderWithSession renders the given state', () => {
    const state = { status: 'authenticating', via: 'popup' } as const;
    renderWithSession(<Page />, { state });
    expect(screen.getByRole('button', { name: 'Log in', busy: true })).toBeDefined();
  });

  test('renderWithSession renders with the given session and returns it', () => {
    const given = createTestSession({ user: ada });
    const { session } = renderWithSession(<Page />, { session: given });
    expect(session).toBe(given);
    expect(screen.getByText('Hello Ada')).toBeDefined();
  });

  test('session.set re-renders immediately, without a warning about act', () => {
    const warn = vi.spyOn(console, 'error');
    const { session } = renderWithSession(<Page />);
    session.set({ status: 'authenticated', user: ada, error: null });
    expect(screen.getByText('Hello Ada')).toBeDefined();
    expect(warn).not.toHaveBeenCalled();
  });

  test('renderWithSession records the calls of the components', async () => {
    const { session } = renderWithSession(<Page />);
    await userEvent.click(screen.getByRole('button'));
    expect(session.loginWithRedirect).toHaveBeenCalledExactlyOnceWith({ returnTo: '/members' });
  });

  test('LoginButton is busy until the test ends the login', async () => {
    const onError = vi.fn<(error: AuthError) => void>();
    const { session } = renderWithSession(<LoginButton onError={onError} />);
    await userEvent.click(screen.getByRole('button'));
    expect(screen.getByRole('button', { busy: true })).toBeDefined();
    const error = new AuthError('authorization_failed', 'The server refused.');
    session.set({ status: 'unauthenticated', reason: 'none', error });
    expect(screen.getByRole('button', { busy: false })).toBeDefined();
    await waitFor(() => expect(onError).toHaveBeenCalledExactlyOnceWith(error));
  });

  test('LogoutButton logs the test session out', async () => {
    const { session } = renderWithSession(<LogoutButton />, { user: ada });
    await userEvent.click(screen.getByRole('button'));
    expect(session.logout).toHaveBeenCalledOnce();
    expect(session.getSnapshot()).toEqual({ status: 'logging-out' });
  });

  test('RequireSession starts a login of the test session', () => {
    const { session } = renderWithSession(<RequireSession fallback="One moment" />);
    expect(screen.getByText('One moment')).toBeDefined();
    expect(session.loginWithRedirect).toHaveBeenCalledExactlyOnceWith({ isAutomatic: true });
  });

  test('rerender of renderWithSession keeps the session', () => {
    const { rerender, session } = renderWithSession(<p>First</p>, { user: ada });
    rerender(<Page />);
    expect(screen.getByText('Hello Ada')).toBeDefined();
    expect(session.start).toHaveBeenCalledOnce();
  });
});

describe('a wrapper', () => {
  test('a wrapper of renderWithSession is rendered inside the provider of the session', () => {
    function Router({ children }: { children: ReactNode }): ReactNode {
      const { status } = useSession();
      return <MemoryRouter initialEntries={[`/${status}`]}>{children}</MemoryRouter>;
    }
    function Path(): ReactNode {
      return <p>{useLocation().pathname}</p>;
    }
    renderWithSession(<Path />, { user: ada, wrapper: Router });
    expect(screen.getByText('/authenticated')).toBeDefined();
  });
});

describe('queries', () => {
  function Name(): ReactNode {
    const { data, error } = useProfile();
    const { mutate } = useUpdateProfile();
    if (error !== null) return <p role="alert">{error.message}</p>;
    return (
      <button type="button" onClick={() => mutate({ nickname: 'Countess' })}>
        {data?.firstName} {data?.nickname}
      </button>
    );
  }

  test('useProfile returns the given profile', async () => {
    renderWithSession(<Name />, { user: ada, profile: { firstName: 'Ada' } });
    expect(await screen.findByText('Ada')).toBeDefined();
  });

  test('useSuspenseProfile suspends while the test session is initializing', async () => {
    const FirstName = (): ReactNode => useSuspenseProfile().data.firstName;
    const { session } = renderWithSession(
      <Suspense fallback="Loading">
        <FirstName />
      </Suspense>,
      { state: { status: 'initializing' }, profile: { firstName: 'Ada' } },
    );
    expect(screen.getByText('Loading')).toBeDefined();
    session.set({ status: 'authenticated', user: ada, error: null });
    expect(await screen.findByText('Ada')).toBeDefined();
  });

  test('useUpdateProfile changes the given profile', async () => {
    const { session } = renderWithSession(<Name />, { user: ada, profile: { firstName: 'Ada' } });
    await userEvent.click(await screen.findByText('Ada'));
    expect(await screen.findByText('Ada Countess')).toBeDefined();
    expect(await session.fetchJson(`${session.apiUrl}/client/v1/profile`)).toMatchObject({
      userId: 'email|ada',
      nickname: 'Countess',
    });
  });

  test('useProfile without a profile fails with the option to pass', async () => {
    renderWithSession(<Name />, { user: ada });
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The test session has no response to GET https://api.sesamy.com/client/v1/profile. Pass it "profile", or "respond", a function from a Request to a Response.',
    );
  });

  test('renderWithSession renders an API error after retries without a delay', async () => {
    let requests = 0;
    const respond = (): Response => {
      requests += 1;
      return new Response(null, { status: 503 });
    };
    renderWithSession(<Name />, { user: ada, respond });
    expect((await screen.findByRole('alert')).textContent).toContain('503');
    expect(requests).toBe(3);
  });

  test("the app's own queries work without a provider, and are not retried", async () => {
    let requests = 0;
    function Articles(): ReactNode {
      const queryFn = async (): Promise<string> => {
        requests += 1;
        return Promise.reject(new Error('Down.'));
      };
      return <p>{useQuery({ queryKey: ['articles'], queryFn }).error?.message}</p>;
    }
    renderWithSession(<Articles />);
    expect(await screen.findByText('Down.')).toBeDefined();
    expect(requests).toBe(1);
  });

  test('renderWithSession uses the given query client', async () => {
    const queryClient = new QueryClient();
    renderWithSession(<Name />, { user: ada, profile: { firstName: 'Ada' }, queryClient });
    await screen.findByText('Ada');
    expect(queryClient.getQueryCache().getAll()).toHaveLength(1);
  });
});
