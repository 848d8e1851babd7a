import type { ReactNode } from 'react';

import { EditorsNote } from '../components/editors-note.js';
import { Page } from '../components/page.js';
import { StoryCard } from '../components/story-card.js';
import { TideTable } from '../components/tide-table.js';
import { stories } from '../stories/all-stories.js';

const [lead, ...others] = stories;

/** The front page: the lead, the almanac, and the rest of the quarter. */
export function FrontPage(): ReactNode {
  return (
    <Page>
      <h1 className="visually-hidden" tabIndex={-1}>
        Tidewaiter, this quarter
      </h1>
      <div className="front">
        <StoryCard story={lead} isLead />
        <div className="front-side">
          <TideTable />
          <EditorsNote />
        </div>
      </div>
      <div className="shelf shelf-of-five">
        {others.map((story) => (
          <StoryCard key={story.slug} story={story} />
        ))}
      </div>
    </Page>
  );
}
