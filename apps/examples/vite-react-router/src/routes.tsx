import { profileQueryOptions, requireSession, type Session } from '@sesamy-kit/react';
import type { QueryClient } from '@tanstack/react-query';
import { createBrowserRouter } from 'react-router';
import { Layout } from './layout';
import { AccountPage } from './pages/account-page';
import { ErrorPage } from './pages/error-page';
import { FrontPage } from './pages/front-page';
import { StoryPage } from './pages/story-page';

export function createRouter(
  session: Session,
  queryClient: QueryClient,
): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      element: <Layout />,
      HydrateFallback: () => null,
      children: [
        {
          errorElement: <ErrorPage />,
          children: [
            { index: true, element: <FrontPage /> },
            {
              path: 'stories/:slug',
              element: <StoryPage />,
              // The login returns to the requested story, with its query.
              loader: (args) => requireSession(session, args),
            },
            {
              path: 'account',
              element: <AccountPage />,
              loader: async (args) => {
                await requireSession(session, args);
                await queryClient.ensureQueryData(profileQueryOptions(session));
                return null;
              },
            },
          ],
        },
      ],
    },
  ]);
}
