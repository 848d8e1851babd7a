import { useSuspenseProfile } from '@sesamy-kit/react';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import type { ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { ErrorCard } from '../components/error-card.js';
import { TextSkeleton } from '../components/text-skeleton.js';
import { ErrorBoundary } from './error-boundary.js';

/** A profile that suspends while it loads. It is requested at the click, not with the page. */
export function SuspendedProfile(): ReactNode {
  const [isShown, setIsShown] = useState(false);
  const { reset } = useQueryErrorResetBoundary();

  return (
    <>
      <p>
        <code>useSuspenseProfile</code> suspends until the profile is there, and throws its error to
        the nearest error boundary. The component handles neither.
      </p>
      {isShown ? (
        <ErrorBoundary
          renderError={(error, retry) => (
            <ErrorCard
              title="We could not fetch your profile."
              onRetry={() => {
                reset();
                retry();
              }}
            >
              {apiErrorWords(error)}
            </ErrorCard>
          )}
        >
          <Suspense fallback={<TextSkeleton label="Loading the profile" lines={2} />}>
            <ProfileCard />
          </Suspense>
        </ErrorBoundary>
      ) : (
        <p className="engine-action">
          <button type="button" className="button" onClick={() => setIsShown(true)}>
            Show the profile
          </button>
        </p>
      )}
    </>
  );
}

function ProfileCard(): ReactNode {
  const { data } = useSuspenseProfile();
  return (
    <dl className="engine-places">
      <div>
        <dt>Name in the profile</dt>
        <dd>{data.name ?? 'Not given'}</dd>
      </div>
      <div>
        <dt>Reader since</dt>
        <dd>{data.createdAt.slice(0, 10)}</dd>
      </div>
    </dl>
  );
}
