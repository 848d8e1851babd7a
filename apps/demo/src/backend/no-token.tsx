import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { ShutLedger } from '../art/shut-ledger.js';

/** Stands where the backend's words would be, in a page that has no access token to show it. */
export function NoToken(): ReactNode {
  return (
    <section className="office" aria-labelledby="office">
      <h2 id="office">At the harbour office</h2>
      <p className="office-lede">
        Our own server keeps the ledgers, and opens them to whoever shows it an access token.
      </p>
      <div className="desk-shut">
        <ShutLedger />
        <div>
          <p className="desk-shut-title">This page has no token to show.</p>
          <p>
            Here the tokens lie in cookies that no script can read, and cookies are not sent to
            another host. A server that is to know you belongs behind this page’s own host, beside
            the handler. See <Link to="/how-you-are-logged-in">How you are logged in</Link>.
          </p>
        </div>
      </div>
    </section>
  );
}
