import { RequireSession } from '@sesamy-kit/react';
import type { RequireSessionError } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { Account } from '../account/account.js';
import { AccountSkeleton } from '../account/account-skeleton.js';
import { Backend } from '../backend/backend.js';
import { NoToken } from '../backend/no-token.js';
import { LockedDoor } from '../components/locked-door.js';
import { Page } from '../components/page.js';
import type { Config } from '../config.js';
import { useRunningMode } from '../modes/use-running-mode.js';

/** Props of {@link AccountPage}. */
export interface AccountPageProps {
  readonly config: Config;
}

/** The user's account, behind a login. */
export function AccountPage({ config }: AccountPageProps): ReactNode {
  return (
    <Page title="Your account" isGuarded>
      <h1 className="section-title" tabIndex={-1}>
        Your account
      </h1>
      <RequireSession
        fallback={<AccountSkeleton />}
        signedOut={<LockedDoor what="Your account" />}
        error={failedLogin}
      >
        <Account />
        <Office config={config} />
      </RequireSession>
    </Page>
  );
}

/** The backend, where there is one and the page has an access token for it. */
function Office({ config }: AccountPageProps): ReactNode {
  const mode = useRunningMode(config);
  if (config.backendUrl === null || mode === null) return null;
  return mode === 'token-handler' ? <NoToken /> : <Backend url={config.backendUrl} />;
}

function failedLogin({ error }: RequireSessionError): ReactNode {
  return <LockedDoor what="Your account" error={error} />;
}
