'use client';

import { useProfile } from '@sesamy-kit/react';

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
