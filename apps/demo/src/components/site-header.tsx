import { LoginButton, SignedIn, SignedOut, useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link, NavLink } from 'react-router';

import { sections } from '../stories/story.js';
import { ReaderMenu } from './reader-menu.js';
import { sectionName } from './section-name.js';

/** The masthead: the name of the paper, its sections, and the user menu. */
export function SiteHeader(): ReactNode {
  return (
    <header className="masthead">
      <div className="masthead-bar">
        <Link className="wordmark" to="/" aria-label="Tidewaiter, front page">
          Tidewaiter
        </Link>
        <p className="masthead-line">A quarterly of harbours and weather</p>
        <div className="corner">
          <ReadersCorner />
        </div>
      </div>
      <nav className="sections" aria-label="Sections">
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <NavLink to={`/sections/${section}`}>{sectionName(section)}</NavLink>
            </li>
          ))}
        </ul>
        <p className="issue" aria-hidden="true">
          No. 41 <span>·</span> Autumn tides
        </p>
      </nav>
    </header>
  );
}

function ReadersCorner(): ReactNode {
  const isBetween = useSession(
    ({ status }) => status === 'initializing' || status === 'logging-out',
  );
  if (isBetween) return <span className="corner-unknown" aria-hidden="true" />;
  return (
    <>
      <SignedOut>
        <LoginButton className="button" />
      </SignedOut>
      <SignedIn>{(user) => <ReaderMenu user={user} />}</SignedIn>
    </>
  );
}
