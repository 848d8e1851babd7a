import { createBrowserRouter } from 'react-router';
import type { RouteObject } from 'react-router';

import { Layout } from './components/layout.js';
import type { Config } from './config.js';
import { AccountPage } from './pages/account-page.js';
import { CrashPage } from './pages/crash-page.js';
import { FrontPage } from './pages/front-page.js';
import { LetterPage } from './pages/letter-page.js';
import { LoadingPage } from './pages/loading-page.js';
import { ModesPage } from './pages/modes-page.js';
import { NotFoundPage } from './pages/not-found-page.js';
import { SectionPage } from './pages/section-page.js';
import { StoryPage } from './pages/story-page.js';

/** All addresses of the site, below `base`, which ends with a slash. */
export function createRouter(config: Config, base: string): ReturnType<typeof createBrowserRouter> {
  const routes: RouteObject[] = [
    {
      element: <Layout config={config} />,
      children: [
        {
          // Inside the layout, so that a page that breaks keeps its header and footer.
          errorElement: <CrashPage />,
          children: [
            { index: true, element: <FrontPage /> },
            { path: 'sections/:section', element: <SectionPage /> },
            { path: 'stories/:slug', element: <StoryPage /> },
            { path: 'account', element: <AccountPage config={config} /> },
            { path: 'letter', element: <LetterPage /> },
            {
              path: 'how-it-works',
              // Most readers never open it.
              lazy: async () => {
                const { HowItWorksPage } = await import('./pages/how-it-works-page.js');
                return { element: <HowItWorksPage config={config} /> };
              },
              hydrateFallbackElement: <LoadingPage title="How this works" />,
            },
            { path: 'how-you-are-logged-in', element: <ModesPage config={config} /> },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ];
  return createBrowserRouter(routes, { basename: base });
}
