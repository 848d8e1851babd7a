'use client';

import { LoginButton, LogoutButton, SignedIn, SignedOut } from '@sesamy-kit/react';

export function LoginStatus() {
  return (
    <>
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
    </>
  );
}
