import { isAuthError, LoginButton } from '@sesamy-kit/react';
import { isRouteErrorResponse, useRouteError } from 'react-router';

export function ErrorPage() {
  const error = useRouteError();
  if (isAuthError(error)) {
    return (
      <>
        <h1>Log in to read on</h1>
        {error.code !== 'login_required' && <p role="alert">The login failed: {error.code}</p>}
        <LoginButton />
      </>
    );
  }
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return <h1>{isMissing ? 'There is no such page' : 'Something went wrong'}</h1>;
}
