import { ReloginBoundary, ReloginDialog } from '@sesamy-kit/react';
import type { Relogin, RequireSessionError } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { TextSkeleton } from '../components/text-skeleton.js';
import { LockedDoor } from '../components/locked-door.js';
import { Page } from '../components/page.js';
import { LetterForm } from '../letter/letter-form.js';

/** A form that is not lost when the session ends under it. */
export function LetterPage(): ReactNode {
  return (
    <Page title="Write to the editor" isGuarded>
      <h1 className="section-title" tabIndex={-1}>
        Write to the editor
      </h1>
      <ReloginBoundary
        fallback={<TextSkeleton label="Looking whether you are logged in" />}
        signedOut={<LockedDoor what="The letter box" />}
        error={failedLogin}
        dialog={dialog}
      >
        <LetterForm />
      </ReloginBoundary>
    </Page>
  );
}

function failedLogin({ error }: RequireSessionError): ReactNode {
  return <LockedDoor what="The letter box" error={error} />;
}

function dialog(relogin: Relogin): ReactNode {
  return (
    <ReloginDialog relogin={relogin} title="You have been logged out">
      Your letter is still here. Log in again in a window, and it is sent.
    </ReloginDialog>
  );
}
