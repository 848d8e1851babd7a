import { LoginButton, LogoutButton, useSession } from '@sesamy-kit/react';

export function SesamyPage({ children }) {
  const session = useSession();
  if (session.status === 'unauthenticated') return <LoginButton id="login" />;
  if (session.status !== 'authenticated') return null;
  return (
    <>
      <p id="user">Hello {session.user.name}</p>
      <LogoutButton />
      {children}
    </>
  );
}
