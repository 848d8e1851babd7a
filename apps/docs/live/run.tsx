import { LoginButton, SesamyProvider, SignedIn, SignedOut } from '@sesamy-kit/react';
import type { ComponentType } from 'react';
import { createRoot } from 'react-dom/client';
import { fetchInPage } from './api.js';
import { mock } from './mock.js';
import './style.css';

/** Renders the component of an example; one that is about a signed-in user has a login in front of it. */
export function run(Example: ComponentType, { isSignedIn }: { isSignedIn: boolean }): void {
  const root = document.querySelector('#root');
  if (root === null) throw new Error('The page has no #root.');
  const { origin, pathname } = location;
  createRoot(root).render(
    <SesamyProvider
      clientId="publisher-web"
      issuer={mock.issuer}
      apiUrl={mock.issuer}
      redirectUri={origin + pathname}
      allowedOrigins={['https://api.publisher.com']}
      fetch={fetchInPage}
    >
      {isSignedIn ? (
        <>
          <SignedOut>
            <LoginButton />
          </SignedOut>
          <SignedIn>
            <Example />
          </SignedIn>
        </>
      ) : (
        <Example />
      )}
    </SesamyProvider>,
  );
}
