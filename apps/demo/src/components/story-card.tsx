import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { Story } from '../stories/story.js';
import { sectionName } from './section-name.js';

/** Props of {@link StoryCard}. */
export interface StoryCardProps {
  readonly story: Story;
  /** The lead of the front page is larger. Default: false. */
  readonly isLead?: boolean;
}

/** A piece as it is announced: drawing, title, what it is about, who wrote it. */
export function StoryCard({ story, isLead = false }: StoryCardProps): ReactNode {
  const { Art } = story;
  return (
    <article className={isLead ? 'card card-lead' : 'card'}>
      <div className="card-art">
        <Art />
      </div>
      <div className="card-words">
        <StoryLabels story={story} />
        <h2 className="card-title">
          <Link to={`/stories/${story.slug}`}>{story.title}</Link>
        </h2>
        <p className="card-standfirst">{story.standfirst}</p>
        <p className="byline">
          {story.author} <span aria-hidden="true">·</span> {story.minutes} min
        </p>
      </div>
    </article>
  );
}

/** Props of {@link StoryLabels}. */
export interface StoryLabelsProps {
  readonly story: Story;
}

/** The section of a piece, and whether it requires a login. */
export function StoryLabels({ story }: StoryLabelsProps): ReactNode {
  return (
    <p className="labels">
      <span className="label-section">{sectionName(story.section)}</span>
      {story.isPremium ? <span className="label-premium">For readers</span> : null}
    </p>
  );
}
