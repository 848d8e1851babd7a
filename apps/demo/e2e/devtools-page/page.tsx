import { SesamyDevtools } from '@sesamy-kit/devtools';
import { createSesamySession, LoginButton, SesamyProvider, SignedIn } from '@sesamy-kit/react';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { readConfig } from '../../src/config.js';
import { userSchema } from '../../src/user-schema.js';

const { backendUrl: _backend, siteUrls: _sites, mockUrl: _mock, ...config } = readConfig(document);
const session = createSesamySession({ ...config, userSchema });
const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no element with the id "root".');

const Tanstack = lazy(async () => ({ default: (await import('./tanstack.js')).Tanstack }));

createRoot(root).render(
  <StrictMode>
    <SesamyProvider session={session}>
      <LoginButton />
      <SignedIn>
        {({ name }) => (
          <button
            type="button"
            onClick={() => void session.fetchJson(`${session.apiUrl}/client/v1/profile`)}
          >
            Fetch the profile of {name}
          </button>
        )}
      </SignedIn>
      {location.pathname === '/tanstack' ? (
        <Suspense>
          <Tanstack />
        </Suspense>
      ) : (
        <SesamyDevtools />
      )}
    </SesamyProvider>
  </StrictMode>,
);
