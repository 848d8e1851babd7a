import type { ReactNode } from 'react';
import { AccessTokenCard } from './access-token-card.js';
import { ActionsCard } from './actions-card.js';
import { LockCard } from './lock-card.js';
import { MockCard } from './mock-card.js';
import { StateCard } from './state-card.js';

/** The session now, and what can be done to it. */
export function SessionTab(): ReactNode {
  return (
    <div className="cards">
      <StateCard />
      <AccessTokenCard />
      <LockCard />
      <ActionsCard />
      <MockCard />
    </div>
  );
}
