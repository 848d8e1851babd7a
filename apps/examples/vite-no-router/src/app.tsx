import { LoginButton, LogoutButton, RequireSession, SignedIn, SignedOut } from '@sesamy-kit/react';
import { Account } from './account';
import { useHref } from './use-href';

export function App() {
  // A page of its own behind the login.
  const isAccount = new URL(useHref()).searchParams.get('page') === 'account';
  return (
    <>
      <header>
        <nav>
          <a href="/">Front page</a>
          <a href="/?page=account">Account</a>
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
        {isAccount ? (
          <RequireSession fallback={<p>One moment …</p>}>
            <Account />
          </RequireSession>
        ) : (
          <h1>The Harbour Post</h1>
        )}
      </main>
    </>
  );
}
