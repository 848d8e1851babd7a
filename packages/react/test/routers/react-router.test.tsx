import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import {
  createBrowserRouter,
  createHashRouter,
  createMemoryRouter,
  Link,
  useRouteError,
  type RouteObject,
} from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  createSesamySession,
  isAuthError,
  onUserChange,
  requireSession,
  SesamyProvider,
  useSession,
  type Session,
} from '../../src/index.js';
import { client, clientId, openBrowser, openSignedIn } from '../app.js';

let server: MockServer;

beforeEach(() => {
  server = createMockServer({ clients: [client] });
});

type Router = ReturnType<typeof createBrowserRouter>;

function RouteError() {
  const error = useRouteError();
  const { loginWithRedirect } = useSession();
  if (!isAuthError(error)) throw error;
  return (
    <button type="button" onClick={() => void loginWithRedirect().catch(() => {})}>
      Log in ({error.code})
    </button>
  );
}

function routesFor(session: Session): RouteObject[] {
  return [
    { path: '/', element: <Link to="/members?tab=2">To the members</Link> },
    {
      path: '/members',
      loader: (args) => requireSession(session, args),
      element: <p>For members</p>,
      errorElement: <RouteError />,
      hydrateFallbackElement: <p>One moment</p>,
    },
  ];
}

/** Opens a page of the app as its main file would. */
async function openApp(): Promise<Router> {
  const session = createSesamySession({ clientId });
  // Before the router is made, so that it begins at the page to which the login returns.
  await session.start();
  const router = createBrowserRouter(routesFor(session));
  const { dispose, revalidate } = router;
  onTestFinished(dispose);
  onTestFinished(onUserChange(session, () => void revalidate()));
  render(
    <StrictMode>
      <SesamyProvider session={session}>
        <RouterProvider router={router} />
      </SesamyProvider>
    </StrictMode>,
  );
  await act(async () => {});
  return router;
}

test('a loader of React Router leads back to the page that was asked for', async () => {
  const browser = openBrowser(server);
  const { dispose } = await openApp();
  await userEvent.click(screen.getByRole('link'));
  const authorizationUrl = await browser.nextNavigation();
  expect(screen.queryByText('For members')).toBeNull();
  dispose();
  cleanup();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  await openApp();
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.pathname + location.search).toBe('/members?tab=2');
});

test('a loader of React Router begins another login after one that was abandoned', async () => {
  const browser = openBrowser(server);
  await openApp();
  await userEvent.click(screen.getByRole('link'));
  await browser.nextNavigation();
  await act(async () =>
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
  );
  expect(await screen.findByText('Log in (aborted)')).toBeDefined();
  await userEvent.click(screen.getByRole('button'));
  expect(await browser.nextNavigation()).toContain('/authorize');
});

test('a route of React Router that was left by Back begins a login when it is asked for again', async () => {
  const browser = openBrowser(server);
  const router = await openApp();
  await userEvent.click(screen.getByRole('link'));
  await browser.nextNavigation();
  await act(async () =>
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
  );
  await screen.findByText('Log in (aborted)');
  await act(() => router.navigate('/'));
  await userEvent.click(screen.getByRole('link'));
  expect(await browser.nextNavigation()).toContain('/authorize');
});

test('a route of React Router does not keep its content after a logout in another tab', async () => {
  const browser = await openSignedIn(server);
  browser.visit('/members');
  await openApp();
  expect(await screen.findByText('For members')).toBeDefined();
  const other = createSesamySession({ clientId });
  await act(async () => {
    await other.logout();
  });
  expect(await screen.findByText('Log in (login_required)')).toBeDefined();
  expect(screen.queryByText('For members')).toBeNull();
});

test('a hash router shows the page to which the login returns', async () => {
  const browser = openBrowser(server);
  const leaving = createSesamySession({ clientId });
  leaving.loginWithRedirect({ returnTo: '/#/members' }).catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const session = createSesamySession({ clientId });
  await session.start();
  const router = createHashRouter(routesFor(session));
  onTestFinished(router.dispose);
  render(
    <SesamyProvider session={session}>
      <RouterProvider router={router} />
    </SesamyProvider>,
  );
  expect(await screen.findByText('For members')).toBeDefined();
});

test('a browser router that was made first shows the page to which the login returns, by the navigate option', async () => {
  const browser = openBrowser(server);
  const leaving = createSesamySession({ clientId });
  leaving.loginWithRedirect({ returnTo: '/members' }).catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const session: Session = createSesamySession({
    clientId,
    navigate: (path) => router.navigate(path, { replace: true }),
  });
  const router = createBrowserRouter(routesFor(session));
  onTestFinished(router.dispose);
  render(
    <SesamyProvider session={session}>
      <RouterProvider router={router} />
    </SesamyProvider>,
  );
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.pathname + location.search).toBe('/members');
});

test('a memory router shows the page to which the login returns, by the navigate option', async () => {
  const browser = openBrowser(server);
  const leaving = createSesamySession({ clientId });
  leaving.loginWithRedirect({ returnTo: '/members' }).catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  const session: Session = createSesamySession({
    clientId,
    navigate: (path) => router.navigate(path, { replace: true }),
  });
  const router = createMemoryRouter(routesFor(session));
  onTestFinished(router.dispose);
  render(
    <SesamyProvider session={session}>
      <RouterProvider router={router} />
    </SesamyProvider>,
  );
  expect(await screen.findByText('For members')).toBeDefined();
  await waitFor(() => expect(location.search).toBe(''));
});
