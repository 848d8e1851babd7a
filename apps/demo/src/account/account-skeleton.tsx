import type { ReactNode } from 'react';

import { TextSkeleton } from '../components/text-skeleton.js';

/** The shape of the account page while the profile is on its way. */
export function AccountSkeleton(): ReactNode {
  return (
    <div className="account">
      <div className="pass pass-waiting" aria-hidden="true" />
      <TextSkeleton label="Fetching your profile" lines={6} />
    </div>
  );
}
