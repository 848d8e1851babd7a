import type { ReactNode } from 'react';

import { LoginNotice } from './login-notice.js';

/** Props of {@link Page}. */
export interface PageProps {
  /** Title of the document; the name of the paper is added. */
  readonly title?: string;
  /** A guarded page shows a failed login itself. Default: false. */
  readonly isGuarded?: boolean;
  readonly children: ReactNode;
}

const paper = 'Tidewaiter';

/** One page: its document title, and the notice of a failed login unless the page has its own. */
export function Page({ title, isGuarded = false, children }: PageProps): ReactNode {
  return (
    <>
      <title>
        {title === undefined
          ? `${paper}, a quarterly of harbours and weather`
          : `${title} · ${paper}`}
      </title>
      {isGuarded ? null : <LoginNotice />}
      {children}
    </>
  );
}
