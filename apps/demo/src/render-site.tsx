import './styles/index.css';

import { SesamyDevtools } from '@sesamy-kit/devtools';
import { SesamyProvider } from '@sesamy-kit/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';

import type { Config } from './config.js';
import { createRouter } from './routes.js';
import { createSession } from './session.js';

/**
 * Renders the site into the page.
 *
 * @param config where Sesamy and the backend are
 * @param base the path that the site is below, with a slash at its end
 * @param fetch what the session sends its requests with; the browser's by default
 * @throws Error when the page has no element with the id `root`
 */
export function renderSite(config: Config, base = '/', fetch?: typeof globalThis.fetch): void {
  const root = document.querySelector('#root');
  if (root === null) throw new Error('index.html has no element with the id "root".');

  const queryClient = new QueryClient();
  const session = createSession(config, base, fetch);

  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <SesamyProvider session={session}>
          <RouterProvider router={createRouter(config, base)} />
          <SesamyDevtools mockUrl={config.mockUrl ?? undefined} />
        </SesamyProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}
