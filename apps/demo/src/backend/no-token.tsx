import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { ShutLedger } from '../art/shut-ledger.js';

/** Replaces the backend's data in a page without an access token. */
export function NoToken(): ReactNode {
  return (
    <section className="office" aria-labelledby="office">
      <h2 id="office">At the harbour office</h2>
      <p className="office-lede">
        Our own server keeps the ledgers, and opens them for a valid access token.
      </p>
      <div className="desk-shut">
        <ShutLedger />
        <div>
          <p className="desk-shut-title">This page has no access token.</p>
          <p>
            Here the tokens are stored in HttpOnly cookies, which are not sent to another host. With
            a token handler, your API belongs behind this page’s own host, beside the handler. See{' '}
            <Link to="/how-you-are-logged-in">How you are logged in</Link>.
          </p>
        </div>
      </div>
    </section>
  );
}
