import { LoginButton, LogoutButton, RequireSession, SignedIn, SignedOut } from '@sesamy-kit/react';
import { Notes } from './notes';
import { useHref } from './use-href';

export function App() {
  // A page of its own behind the login.
  const isNotes = new URL(useHref()).pathname === '/notes';
  return (
    <>
      <header>
        <nav>
          <a href="/">Front page</a>
          <a href="/notes">Notes</a>
        </nav>
        <SignedOut>
          <LoginButton />
        </SignedOut>
        <SignedIn>
          {(user) => (
            <nav>
              Hello {user.given_name} <LogoutButton />
            </nav>
          )}
        </SignedIn>
      </header>
      <main>
        {isNotes ? (
          <RequireSession fallback={<p>One moment …</p>}>
            <Notes />
          </RequireSession>
        ) : (
          <h1>The Harbour Post</h1>
        )}
      </main>
    </>
  );
}
