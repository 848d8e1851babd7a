import { isAuthError, LoginButton, SignedOut } from '@sesamy-kit/react';

// On the server: what is no component works in a server component too.
export default function Page() {
  return (
    <main>
      <p>An error of ours: {String(isAuthError(new Error()))}</p>
      <SignedOut>
        <LoginButton />
      </SignedOut>
    </main>
  );
}
