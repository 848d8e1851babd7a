import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { Page } from '../components/page.js';

/** No such address. */
export function NotFoundPage(): ReactNode {
  return (
    <Page title="Not on the chart">
      <section className="lost">
        <p className="lost-depth" aria-hidden="true">
          4<sub>04</sub>
        </p>
        <h1 className="section-title" tabIndex={-1}>
          Not on the chart
        </h1>
        <p>
          There is water at this address, but no page. It may have moved, as channels do. The{' '}
          <Link to="/">front page</Link> is where it always was.
        </p>
      </section>
    </Page>
  );
}
