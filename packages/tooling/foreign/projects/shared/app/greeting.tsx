import { LoginButton, SignedIn, SignedOut, useProfile } from '@sesamy-kit/react';

/** Greets the reader, or offers the login. */
export function Greeting() {
  return (
    <>
      <SignedIn>{(user) => <p>Hello {user.given_name}</p>}</SignedIn>
      <SignedOut>
        <LoginButton loginOptions={{ returnTo: '/members' }} />
      </SignedOut>
    </>
  );
}

/** Shows the reader's name in the profile. */
export function Name() {
  const { data, error } = useProfile();
  return <p>{error ? error.message : data?.firstName}</p>;
}
