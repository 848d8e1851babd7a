import type { ReactNode } from 'react';

import { maxOfflineHours } from '../session.js';

/** How long a remembered user counts while the server cannot be reached, and what happens then. */
export function OfflineLimit(): ReactNode {
  return (
    <>
      <p>
        <code>limitOffline</code> limits how long a remembered user counts as logged in while Sesamy
        cannot be reached: here {maxOfflineHours} hours since the last login or renewal. Without it
        there is no limit.
      </p>
      <p>
        Beyond the limit the state is <code>unauthenticated</code> with a <code>network</code>{' '}
        error, so that guards do not redirect. The tokens stay, and the user is signed in again as
        soon as the server responds. To see it before the tide has turned, disconnect and set your
        clock nine hours ahead.
      </p>
    </>
  );
}
