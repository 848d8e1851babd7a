import { SignedIn } from '@sesamy-kit/react';
import { useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';

import { maxOfflineHours } from '../session.js';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('online', onChange);
  window.addEventListener('offline', onChange);
  return () => {
    window.removeEventListener('online', onChange);
    window.removeEventListener('offline', onChange);
  };
}

/** Shows an offline user what still works, and for how long. */
export function OfflineNotice(): ReactNode {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <output className="offline-region">
      {isOnline ? null : (
        <span className="offline">
          <strong>You are offline.</strong> What is open stays open; changes wait until you are back
          in range.
          <SignedIn> You stay logged in for up to {maxOfflineHours} hours.</SignedIn>
        </span>
      )}
    </output>
  );
}
