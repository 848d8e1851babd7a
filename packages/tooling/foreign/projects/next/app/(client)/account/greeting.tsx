'use client';

import { useSession } from '@sesamy-kit/react';

export function Greeting() {
  const name = useSession((session) =>
    session.status === 'authenticated' ? session.user.given_name : undefined,
  );
  return <h1>Account of {name}</h1>;
}
