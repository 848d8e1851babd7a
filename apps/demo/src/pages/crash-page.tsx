import type { ReactNode } from 'react';

import { ErrorCard } from '../components/error-card.js';
import { Page } from '../components/page.js';

/** The error page: a chunk failed to load, or rendering threw. */
export function CrashPage(): ReactNode {
  return (
    <Page title="Aground">
      <div className="lost">
        <h1 className="section-title" tabIndex={-1}>
          Aground
        </h1>
        <ErrorCard
          title="This page did not arrive in one piece."
          onRetry={() => {
            window.location.reload();
          }}
        >
          Often that is the connection, and trying again floats it off.
        </ErrorCard>
      </div>
    </Page>
  );
}
