import { LoginButton, LogoutButton, SignedIn, SignedOut } from '@sesamy-kit/react';
import { Link, Outlet } from '@tanstack/react-router';

export function Layout() {
  return (
    <>
      <header>
        <nav>
          <Link to="/">Front page</Link>
          <Link to="/stories/$slug" params={{ slug: 'high-tide' }} search={{ from: 'nav' }}>
            Story
          </Link>
          <Link to="/account">Account</Link>
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
        <Outlet />
      </main>
    </>
  );
}
