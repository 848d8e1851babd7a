import { useProfile } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { ErrorCard } from '../components/error-card.js';
import { AccountSkeleton } from './account-skeleton.js';
import { apiErrorWords } from './api-error-words.js';
import { ProfileForm } from './profile-form.js';
import { ReaderPass } from './reader-pass.js';

/** The profile as the API has it, and a form that changes it. */
export function Account(): ReactNode {
  const profile = useProfile();

  if (profile.data !== undefined) {
    return (
      <div className="account">
        <ReaderPass profile={profile.data} />
        <ProfileForm key={profile.data.userId} profile={profile.data} />
      </div>
    );
  }
  if (profile.isError) {
    return (
      <ErrorCard
        title="We could not fetch your profile."
        onRetry={() => {
          void profile.refetch();
        }}
        isRetrying={profile.isFetching}
      >
        {apiErrorWords(profile.error)} You are still logged in.
      </ErrorCard>
    );
  }
  return <AccountSkeleton />;
}
