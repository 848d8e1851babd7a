import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';

import { Page } from '../components/page.js';
import type { Config, ConfiguredMode } from '../config.js';
import { AutoMode } from '../modes/auto-mode.js';
import { ModeCard } from '../modes/mode-card.js';
import { modeWords } from '../modes/mode-words.js';
import { useRunningMode } from '../modes/use-running-mode.js';
import { WithinReach } from '../modes/within-reach.js';

/** Props of {@link ModesPage}. */
export interface ModesPageProps {
  readonly config: Config;
}

/** The three session modes side by side, the one that runs here, and what this page stores. */
export function ModesPage({ config }: ModesPageProps): ReactNode {
  const { pathname } = useLocation();
  const runningMode = useRunningMode(config);
  const urlOf = (mode: ConfiguredMode): URL | null => {
    const siteUrl = config.siteUrls[mode];
    return siteUrl === null ? null : new URL(pathname.slice(1), siteUrl);
  };
  return (
    <Page title="How you are logged in">
      <div className="modes">
        <h1 className="section-title" tabIndex={-1}>
          How you are logged in
        </h1>
        <p className="modes-lede">
          There are three session modes. The pages and the code are the same in each; what differs
          is where the tokens are stored, and who can read them.
        </p>
        <section aria-labelledby="modes">
          <h2 id="modes">Three session modes</h2>
          <div className="modes-side-by-side">
            {modeWords.map((words) => (
              <ModeCard
                key={words.mode}
                words={words}
                isRunning={words.mode === runningMode}
                url={urlOf(words.mode)}
              />
            ))}
          </div>
          <p className="modes-note">
            The charts: in blue the publisher’s own domain, with a key where the tokens are stored.
            Each mode runs on a separate host here, with a separate session: you may be logged in on
            one and not on another.
          </p>
        </section>
        <section aria-labelledby="auto">
          <h2 id="auto">Or the kit chooses</h2>
          <AutoMode config={config} runningMode={runningMode} url={urlOf('auto')} />
        </section>
        <section aria-labelledby="reach">
          <h2 id="reach">What scripts can read right now</h2>
          <p className="modes-text">
            The names of what scripts of this page can read on {window.location.host}. HttpOnly
            cookies are not listed, since a script makes this list.
          </p>
          <WithinReach />
          <p className="modes-note">
            The state of the session is on <Link to="/how-it-works">How this works</Link>.
          </p>
        </section>
      </div>
    </Page>
  );
}
