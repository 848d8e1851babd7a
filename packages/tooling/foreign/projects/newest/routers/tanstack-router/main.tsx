import { createSesamySession, requireSession, SesamyProvider } from '@sesamy-kit/react';
import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const session = createSesamySession({
  clientId: 'publisher-web',
  issuer: import.meta.env.VITE_ISSUER,
});
await session.start();

const root = createRootRoute({ component: Outlet });
const front = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Link to="/members">To the members</Link>,
});
const members = createRoute({
  getParentRoute: () => root,
  path: '/members',
  beforeLoad: (args) => requireSession(session, args),
  component: () => <h1>For members</h1>,
});
const router = createRouter({
  routeTree: root.addChildren([front, members]),
  defaultPreload: 'intent',
  defaultPreloadDelay: 0,
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <SesamyProvider session={session}>
      <RouterProvider router={router} />
    </SesamyProvider>
  </StrictMode>,
);
