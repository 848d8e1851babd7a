import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { act, cleanup, render, screen } from '@testing-library/react';
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
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import {
  createSesamySession,
  isAuthError,
  onUserChange,
  requireSession,
  SesamyProvider,
  useSession,
  type Session,
} from '../../src/index.js';
import { client, clientId, openBrowser, openCallback, openSignedIn } from '../app.js';

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
  onTestFinished(onUserChange(session, () => void router.revalidate()));
  showRouter(session, router);
  await act(async () => {});
  return router;
}

function showRouter(session: Session, router: Router): void {
  onTestFinished(router.dispose);
  render(
    <StrictMode>
      <SesamyProvider session={session}>
        <RouterProvider router={router} />
      </SesamyProvider>
    </StrictMode>,
  );
}

test('a guarded React Router loader returns to the requested page', async () => {
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

test('a guarded React Router loader keeps the history entry of the page before', async () => {
  const browser = openBrowser(server);
  await openApp();
  await userEvent.click(screen.getByRole('link'));
  await browser.nextNavigation();
  expect(location.assign).toHaveBeenCalledOnce();
  expect(location.replace).not.toHaveBeenCalled();
});

test('a guarded React Router loader of the first page replaces its history entry', async () => {
  const browser = openBrowser(server);
  browser.visit('/members?tab=2#top');
  await openApp();
  await browser.nextNavigation();
  expect(location.replace).toHaveBeenCalledOnce();
  expect(location.assign).not.toHaveBeenCalled();
});

test('a guarded React Router loader starts another login after an abandoned one', async () => {
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

test('a guarded React Router route starts a login when it is revisited after Back', async () => {
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

test('a guarded React Router route is revalidated after a logout in another tab', async () => {
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

test('a hash router shows the page that the login returns to', async () => {
  await openCallback(server, '/#/members');
  const session = createSesamySession({ clientId });
  await session.start();
  showRouter(session, createHashRouter(routesFor(session)));
  expect(await screen.findByText('For members')).toBeDefined();
});

test('a guarded loader of a hash router returns to the requested page, given with its hash', async () => {
  const browser = openBrowser(server);
  browser.visit('/app/');
  const openHashApp = async (): Promise<void> => {
    const session = createSesamySession({ clientId });
    await session.start();
    const routes: RouteObject[] = [
      { path: '/', element: <Link to="/members?tab=2">To the members</Link> },
      {
        path: '/members',
        loader({ request }) {
          const { pathname, search } = new URL(request.url);
          return requireSession(session, `${location.pathname}#${pathname}${search}`);
        },
        element: <p>For members</p>,
        hydrateFallbackElement: <p>One moment</p>,
      },
    ];
    showRouter(session, createHashRouter(routes));
    await act(async () => {});
  };
  await openHashApp();
  await userEvent.click(screen.getByRole('link'));
  const authorizationUrl = await browser.nextNavigation();
  cleanup();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  await openHashApp();
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.href).toBe(`${location.origin}/app/#/members?tab=2`);
});

test.each([
  ['browser', createBrowserRouter],
  ['memory', createMemoryRouter],
] as const)(
  'a %s router created before the session shows the return page with the navigate option',
  async (_name, createRouter) => {
    await openCallback(server, '/members');
    const navigate = vi.fn<(path: string) => Promise<void>>((path) =>
      router.navigate(path, { replace: true }),
    );
    const session = createSesamySession({ clientId, navigate });
    const router = createRouter(routesFor(session));
    showRouter(session, router);
    expect(await screen.findByText('For members')).toBeDefined();
    expect(navigate).toHaveBeenCalledExactlyOnceWith('/members');
    expect(location.search).toBe('');
  },
);
