import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Config } from '../config.js';
import { WhatJustHappened } from './what-just-happened.js';

/** Props of {@link SiteFooter}. */
export interface SiteFooterProps {
  readonly config: Config;
}

/** The foot of every page. */
export function SiteFooter({ config }: SiteFooterProps): ReactNode {
  return (
    <footer className="footer">
      <div className="footer-words">
        <p>
          <em>Tidewaiter</em> is made by three people above a chandler’s shop. A tidewaiter was the
          officer who met each ship as the tide brought it in.
        </p>
        <p className="footer-links">
          <Link to="/account">Your account</Link>
          <Link to="/letter">Write to the editor</Link>
          <Link to="/how-you-are-logged-in">How you are logged in</Link>
          <Link to="/how-it-works">How this works</Link>
        </p>
      </div>
      <WhatJustHappened config={config} />
    </footer>
  );
}
