import { useProfile } from '@sesamy-kit/react';

/** The profile comes through nginx: the browser never has a token. */
export function Account() {
  const { data: profile } = useProfile();
  return (
    <>
      <h1>Account</h1>
      <p>
        {profile?.firstName} {profile?.lastName}
      </p>
    </>
  );
}
