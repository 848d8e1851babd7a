import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

import { Page } from '../components/page.js';
import type { Config } from '../config.js';
import { ModeCard } from '../modes/mode-card.js';
import { modeWords } from '../modes/mode-words.js';
import { WithinReach } from '../modes/within-reach.js';

/** Props of {@link ModesPage}. */
export interface ModesPageProps {
  readonly config: Config;
}

/** The three ways to keep a session side by side, which one runs here, and what this page holds because of it. */
export function ModesPage({ config: { mode: runningMode, siteUrls } }: ModesPageProps): ReactNode {
  const { pathname } = useLocation();
  return (
    <Page title="How you are logged in">
      <div className="modes">
        <h1 className="section-title" tabIndex={-1}>
          How you are logged in
        </h1>
        <p className="modes-lede">
          This paper knows three ways to keep you logged in. The pages are the same in each, and so
          is the code; what differs is where the tokens lie, and who could get at them.
        </p>
        <section aria-labelledby="ways">
          <h2 id="ways">Three ways</h2>
          <div className="modes-side-by-side">
            {modeWords.map((words) => {
              const siteUrl = siteUrls[words.mode];
              return (
                <ModeCard
                  key={words.mode}
                  words={words}
                  isRunning={words.mode === runningMode}
                  url={siteUrl === null ? null : new URL(pathname, siteUrl)}
                />
              );
            })}
          </div>
          <p className="modes-note">
            The charts: in blue the publisher’s own domain, with a key where the login is kept. Each
            way has a host of its own here, and so a login of its own: you may be logged in on one
            and not on another.
          </p>
        </section>
        <section aria-labelledby="reach">
          <h2 id="reach">Within a script’s reach, right now</h2>
          <p className="modes-text">
            What scripts of this page can find on {window.location.host} at this moment, by name.
            Cookies that no script can read are not among it, since this list is made by a script.
          </p>
          <WithinReach />
          <p className="modes-note">
            What the session is doing meanwhile is told on{' '}
            <Link to="/how-it-works">How this works</Link>.
          </p>
        </section>
      </div>
    </Page>
  );
}
