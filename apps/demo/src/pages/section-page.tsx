import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';

import { Page } from '../components/page.js';
import { sectionName } from '../components/section-name.js';
import { StoryCard } from '../components/story-card.js';
import { storiesIn } from '../stories/all-stories.js';
import { isSection } from '../stories/story.js';
import { NotFoundPage } from './not-found-page.js';

/** The pieces of one section, or why there are none. */
export function SectionPage(): ReactNode {
  const { section } = useParams();
  if (!isSection(section)) return <NotFoundPage />;
  const name = sectionName(section);
  const stories = storiesIn(section);
  return (
    <Page title={name}>
      <h1 className="section-title" tabIndex={-1}>
        {name}
      </h1>
      {stories.length > 0 ? (
        <div className="shelf shelf-first">
          {stories.map((story) => (
            <StoryCard key={story.slug} story={story} />
          ))}
        </div>
      ) : (
        <EmptySection />
      )}
    </Page>
  );
}

function EmptySection(): ReactNode {
  return (
    <section className="empty">
      <svg className="empty-art" viewBox="0 0 240 120" aria-hidden="true" focusable="false">
        <path className="art-line" d="M0,92q20,-10 40,0t40,0t40,0t40,0t40,0t40,0" />
        <path className="art-line" d="M0,106q20,-10 40,0t40,0t40,0t40,0t40,0t40,0" />
        <path className="art-post" d="M112,92V34h24v58M106,34l18,-16l18,16z" />
        <path className="art-slot" d="M117,48h14" />
      </svg>
      <p className="door-title">The post boat has not been.</p>
      <p>
        No letters this quarter yet. When they come they are printed here, the cross ones first.
        Until then there is <Link to="/">the front page</Link>.
      </p>
    </section>
  );
}
