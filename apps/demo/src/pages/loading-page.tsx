import type { ReactNode } from 'react';

import { Page } from '../components/page.js';
import { TextSkeleton } from '../components/text-skeleton.js';

/** Props of {@link LoadingPage}. */
export interface LoadingPageProps {
  /** The title of the page that is being loaded. */
  readonly title: string;
}

/** In the place of a page whose code is still being loaded, if a visit begins there. */
export function LoadingPage({ title }: LoadingPageProps): ReactNode {
  return (
    <Page title={title}>
      <div className="engine">
        <h1 className="section-title" tabIndex={-1}>
          {title}
        </h1>
        <TextSkeleton label="Loading the page" />
      </div>
    </Page>
  );
}
