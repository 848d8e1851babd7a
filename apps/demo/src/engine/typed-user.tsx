import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

/** The user as the schema of the session makes it of the claims, and claims of a renewal that do not match. */
export function TypedUser(): ReactNode {
  const { user, error, dismissError } = useSession();
  const isRejected = user !== undefined && error?.code === 'claims_rejected';
  return (
    <>
      <p>
        <code>userSchema</code> checks the claims at each login, restore and renewal. What it makes
        of them is the <code>user</code> of every hook, component and guard, typed by one{' '}
        <code>declare module</code>.
      </p>
      {user !== undefined && (
        <dl className="engine-places">
          <div>
            <dt>
              <code>user.name</code>
            </dt>
            <dd>{user.name}</dd>
          </div>
          <div>
            <dt>
              <code>user.nickname</code>
            </dt>
            <dd>{user.nickname ?? 'Not given'}</dd>
          </div>
          <div>
            <dt>
              <code>user.hasConfirmedEmail</code>, from the claim <code>email_verified</code>
            </dt>
            <dd>{String(user.hasConfirmedEmail)}</dd>
          </div>
        </dl>
      )}
      <p>
        A login whose claims do not match fails with <code>claims_rejected</code>, and nothing is
        stored. A renewal with such claims keeps the user and sets the state’s <code>error</code>{' '}
        until it is dismissed. The error has the names of the claims, never their values.
      </p>
      <output>
        {isRejected && (
          <>
            The last renewal was refused by the schema: <code>{error.claims?.join(', ')}</code>.
          </>
        )}
      </output>
      {isRejected && (
        <p className="engine-action">
          <button type="button" className="button button-quiet" onClick={dismissError}>
            Dismiss the error
          </button>
        </p>
      )}
    </>
  );
}
