import { useProfile } from '@sesamy-kit/react';

/** The loader has fetched the profile, so it is there at the first render. */
export function AccountPage() {
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
