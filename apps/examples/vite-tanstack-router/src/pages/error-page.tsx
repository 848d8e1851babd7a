import { isAuthError, LoginButton } from '@sesamy-kit/react';
import type { ErrorComponentProps } from '@tanstack/react-router';

export function ErrorPage({ error }: ErrorComponentProps) {
  if (!isAuthError(error)) return <h1>Something went wrong</h1>;
  return (
    <>
      <h1>Log in to read on</h1>
      {error.code !== 'login_required' && <p role="alert">The login failed: {error.code}</p>}
      <LoginButton />
    </>
  );
}
