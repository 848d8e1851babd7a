import './style.css';
import { onUserChange, SesamyProvider } from '@sesamy-kit/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppRouter } from './router';
import { session } from './session';

async function main(): Promise<void> {
  // Before the router exists: it then starts at the page that the login returns to.
  await session.start();
  const queryClient = new QueryClient();
  const router = createAppRouter({ session, queryClient });
  // Guards and loaders run again for the next user, e.g. after a logout in another tab.
  onUserChange(session, () => void router.invalidate());

  const root = document.getElementById('root');
  if (root === null) throw new Error('index.html has no element with the id "root".');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <SesamyProvider session={session}>
          <RouterProvider router={router} />
        </SesamyProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void main();
