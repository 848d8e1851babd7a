import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  RouterProvider,
} from '@tanstack/react-router';
import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import {
  createSesamySession,
  isAuthError,
  onUserChange,
  requireSession,
  SesamyProvider,
  type Session,
} from '../../src/index.js';
import { client, clientId, openBrowser, openCallback, openSignedIn } from '../app.js';

let server: MockServer;
/** The guard's errors in the router's preloads. */
let preloads: Promise<unknown>[];

beforeEach(() => {
  preloads = [];
  server = createMockServer({ clients: [client] });
});

function createAppRouter(session: Session) {
  const root = createRootRoute();
  const home = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Link to="/members">To the members</Link>,
  });
  const members = createRoute({
    getParentRoute: () => root,
    path: '/members',
    beforeLoad: async (context) => {
      const user = requireSession(session, context);
      if (context.preload) preloads.push(user);
      return { user: await user };
    },
    component: () => <p>For members</p>,
    errorComponent: ({ error }) => <p>Failed: {isAuthError(error) ? error.code : 'unknown'}</p>,
  });
  return createRouter({
    routeTree: root.addChildren([home, members]),
    defaultPreload: 'intent',
    defaultPreloadDelay: 0,
  });
}

/** Opens a page of the app as its main file would. */
async function openApp(): Promise<void> {
  const session = createSesamySession({ clientId });
  // Before the router is made, so that it begins at the page to which the login returns.
  await session.start();
  const router = createAppRouter(session);
  onTestFinished(onUserChange(session, () => void router.invalidate()));
  const { unmount } = render(
    <StrictMode>
      <SesamyProvider session={session}>
        <RouterProvider router={router} />
      </SesamyProvider>
    </StrictMode>,
  );
  onTestFinished(unmount);
  await act(async () => {});
}

test('hovering a TanStack Router link starts no login', async () => {
  openBrowser(server);
  await openApp();
  await userEvent.hover(await screen.findByRole('link'));
  await waitFor(() => expect(preloads).toHaveLength(1));
  // A guard that begins a login never settles.
  await expect(preloads[0]).rejects.toMatchObject({ code: 'login_required' });
  expect(location.replace).not.toHaveBeenCalled();
  expect(location.assign).not.toHaveBeenCalled();
});

test('a guarded TanStack Router route returns to the requested page', async () => {
  const browser = openBrowser(server);
  await openApp();
  await userEvent.click(await screen.findByRole('link'));
  const authorizationUrl = await browser.nextNavigation();
  expect(screen.queryByText('For members')).toBeNull();
  cleanup();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  await openApp();
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.pathname).toBe('/members');
});

test('a guarded TanStack Router route with a hash history returns to the requested page, given with its hash', async () => {
  const browser = openBrowser(server);
  const openHashApp = async (): Promise<void> => {
    const session = createSesamySession({ clientId });
    await session.start();
    const history = createHashHistory();
    onTestFinished(history.destroy);
    const root = createRootRoute();
    const home = createRoute({
      getParentRoute: () => root,
      path: '/',
      component: () => <Link to="/members">To the members</Link>,
    });
    const members = createRoute({
      getParentRoute: () => root,
      path: '/members',
      beforeLoad: (context) =>
        requireSession(session, {
          ...context,
          location: { href: history.createHref(context.location.href) },
        }),
      component: () => <p>For members</p>,
    });
    const router = createRouter({ routeTree: root.addChildren([home, members]), history });
    const { unmount } = render(
      <SesamyProvider session={session}>
        <RouterProvider router={router} />
      </SesamyProvider>,
    );
    onTestFinished(unmount);
    await act(async () => {});
  };
  await openHashApp();
  await userEvent.click(await screen.findByRole('link'));
  const authorizationUrl = await browser.nextNavigation();
  expect(location.replace).toHaveBeenCalledOnce();
  cleanup();
  browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
  await openHashApp();
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.pathname + location.hash).toBe('/#/members');
});

test('a guarded TanStack Router route replaces its own history entry, and not that of the page before', async () => {
  const browser = openBrowser(server);
  await openApp();
  await userEvent.click(await screen.findByRole('link'));
  await browser.nextNavigation();
  expect(location.pathname).toBe('/members');
  expect(location.replace).toHaveBeenCalledOnce();
});

test('a guarded TanStack Router route is revalidated after a logout in another tab', async () => {
  const browser = await openSignedIn(server);
  browser.visit('/members');
  await openApp();
  expect(await screen.findByText('For members')).toBeDefined();
  const other = createSesamySession({ clientId });
  await act(async () => {
    await other.logout();
  });
  expect(await screen.findByText('Failed: login_required')).toBeDefined();
  expect(screen.queryByText('For members')).toBeNull();
});

test('a TanStack router created before the session shows the return page with the navigate option', async () => {
  await openCallback(server, '/members');
  const session: Session = createSesamySession({
    clientId,
    navigate: (path) => router.history.replace(path),
  });
  const router: ReturnType<typeof createAppRouter> = createAppRouter(session);
  render(
    <SesamyProvider session={session}>
      <RouterProvider router={router} />
    </SesamyProvider>,
  );
  expect(await screen.findByText('For members')).toBeDefined();
  expect(location.pathname + location.search).toBe('/members');
});
