import {
  isAuthError,
  LoginButton,
  LogoutButton,
  useProfile,
  useSession,
  type User,
} from '@sesamy-kit/react';
import './account.css';

/** A reader's account, in every state of the session. */
export function Account() {
  const { status, user, error } = useSession();
  return (
    <section className="account" aria-label="Account" aria-busy={status === 'initializing'}>
      {status === 'initializing' && <p>One moment …</p>}
      {error && <p role="alert">The login failed: {error.oauthError ?? error.code}</p>}
      {user && <Details user={user} />}
      {(status === 'unauthenticated' || status === 'authenticating') && (
        <LoginButton loginOptions={{ returnTo: '/account' }} />
      )}
    </section>
  );
}

function Details({ user }: { user: User }) {
  const { data: profile, error } = useProfile();
  const { loginWithPopup } = useSession();
  const stepUp = isAuthError(error) ? error.loginOptions : undefined;
  return (
    <>
      <h2>Hello {user.given_name}</h2>
      {profile && <p>Delivery to {profile.deliveryAddress?.city}</p>}
      {stepUp && (
        <>
          <p>Confirm that it is you to see your address.</p>
          <button type="button" onClick={() => void loginWithPopup(stepUp).catch(() => {})}>
            Confirm
          </button>{' '}
        </>
      )}
      <LogoutButton />
    </>
  );
}
