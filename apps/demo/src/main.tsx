import './styles/index.css';

import { SesamyDevtools } from '@sesamy-kit/devtools';
import { SesamyProvider } from '@sesamy-kit/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';

import { readConfig } from './config.js';
import { createRouter } from './routes.js';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const config = readConfig(document);
const { backendUrl, mockUrl, siteUrls: _, ...sesamy } = config;
// These origins receive the user's access token, where a script has one.
const hasToken = config.mode !== 'token-handler';
const allowedOrigins = backendUrl !== null && hasToken ? [backendUrl] : [];
const queryClient = new QueryClient();

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <SesamyProvider {...sesamy} allowedOrigins={allowedOrigins}>
        <RouterProvider router={createRouter(config)} />
        <SesamyDevtools mockUrl={mockUrl ?? undefined} />
      </SesamyProvider>
    </QueryClientProvider>
  </StrictMode>,
);
