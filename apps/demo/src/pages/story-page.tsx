import { RequireSession } from '@sesamy-kit/react';
import { Suspense } from 'react';
import type { RequireSessionError } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';

import { LockedDoor } from '../components/locked-door.js';
import { Page } from '../components/page.js';
import { StoryLabels } from '../components/story-card.js';
import { TextSkeleton } from '../components/text-skeleton.js';
import { findStory, stories } from '../stories/all-stories.js';
import type { Story } from '../stories/story.js';
import { NotFoundPage } from './not-found-page.js';

/** One piece. Stories for readers require a login and return to the same spot after it. */
export function StoryPage(): ReactNode {
  const story = findStory(useParams()['slug']);
  if (story === undefined) return <NotFoundPage />;
  return (
    <Page title={story.title} isGuarded={story.isPremium}>
      <article className="story" key={story.slug}>
        <StoryHead story={story} />
        {story.isPremium ? (
          <RequireSession
            fallback={<TextSkeleton label="Restoring the session" />}
            signedOut={<LockedDoor what="This piece" />}
            error={failedLogin}
          >
            <StoryText story={story} />
          </RequireSession>
        ) : (
          <StoryText story={story} />
        )}
      </article>
      <NextStory story={story} />
    </Page>
  );
}

function StoryHead({ story }: { readonly story: Story }): ReactNode {
  const { Art } = story;
  return (
    <header className="story-head">
      <StoryLabels story={story} />
      <h1 className="story-title" tabIndex={-1}>
        {story.title}
      </h1>
      <p className="story-standfirst">{story.standfirst}</p>
      <p className="byline">
        {story.author} <span aria-hidden="true">·</span> {story.place}{' '}
        <span aria-hidden="true">·</span> {story.minutes} min
      </p>
      <div className="story-art">
        <Art />
      </div>
    </header>
  );
}

function StoryText({ story }: { readonly story: Story }): ReactNode {
  const { Body } = story;
  return (
    <Suspense fallback={<TextSkeleton label="Fetching the piece" />}>
      <div className="story-text">
        <Body />
      </div>
    </Suspense>
  );
}

function NextStory({ story }: { readonly story: Story }): ReactNode {
  const next = stories[(stories.indexOf(story) + 1) % stories.length] ?? stories[0];
  return (
    <nav className="next" aria-label="Next piece">
      <p className="next-label">Next in this quarter</p>
      <p className="next-title">
        <Link to={`/stories/${next.slug}`}>{next.title}</Link>
      </p>
    </nav>
  );
}

function failedLogin({ error }: RequireSessionError): ReactNode {
  return <LockedDoor what="This piece" error={error} />;
}
