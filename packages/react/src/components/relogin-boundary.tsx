'use client';

import type { ReactNode } from 'react';
import { keptSessionOf } from '../kept-session.js';
import { SessionContext, useSessionContext } from '../session-context.js';
import { useRelogin, type Relogin } from '../use-relogin.js';
import { ReloginDialog } from './relogin-dialog.js';
import { RequireSession, type RequireSessionProps } from './require-session.js';

/** The props of `ReloginBoundary`: those of `RequireSession`, and the dialog. */
export interface ReloginBoundaryProps extends RequireSessionProps {
  /** Renders the offer to log in again, beside the children. Default: a {@link ReloginDialog}. */
  readonly dialog?: ((relogin: Relogin) => ReactNode) | undefined;
}

/**
 * Guards its children as `RequireSession` does, and keeps them mounted when the session ends, so that a form under way
 * is not lost. It offers a login by popup, and the page continues where it was. Meanwhile the kit's hooks and components
 * within it still have the user.
 *
 * If another user logs in, the children are mounted again for that user. After a logout they are unmounted. After a
 * logout in another tab they are hidden until the same user is back.
 * @throws Error outside a SesamyProvider
 */
export function ReloginBoundary({
  children,
  dialog = renderDialog,
  ...guard
}: ReloginBoundaryProps): ReactNode {
  const { kept } = keptSessionOf(useSessionContext());
  const relogin = useRelogin();
  const { user, reason, isNeeded } = relogin;

  if (user === null) return <RequireSession {...guard} />;
  const isHidden = reason === 'logged-out-elsewhere';
  return (
    <>
      <SessionContext.Provider value={kept}>
        <RequireSession {...guard}>
          <div
            key={user.sub}
            hidden={isHidden}
            style={isHidden ? undefined : { display: 'contents' }}
          >
            {children}
          </div>
        </RequireSession>
      </SessionContext.Provider>
      {isNeeded && dialog(relogin)}
    </>
  );
}

function renderDialog(relogin: Relogin): ReactNode {
  return <ReloginDialog relogin={relogin} />;
}
