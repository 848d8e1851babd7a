import type { SessionState } from '@sesamy-kit/session';
import type { ReactNode } from 'react';
import { redact } from '../../model/redact.js';
import { Card } from '../card.js';
import { Facts } from '../facts.js';
import { useSessionState } from '../panel-context.js';

/** The state. Of the user it shows the id and the names of the other claims. */
export function StateCard(): ReactNode {
  const state = useSessionState();
  return (
    <Card title="State">
      <Facts facts={[['status', state.status], ...factsOf(state)]} />
    </Card>
  );
}

function factsOf(state: SessionState): readonly (readonly [string, ReactNode])[] {
  switch (state.status) {
    case 'authenticated': {
      const { sub, ...claims } = state.user;
      return [
        ['user.sub', redact(sub)],
        ['claims', Object.keys(claims).join(' ') || 'none'],
        ['error', state.error?.code ?? 'null'],
      ];
    }
    case 'unauthenticated':
      return [
        ['reason', state.reason],
        ['error', state.error?.code ?? 'null'],
      ];
    case 'authenticating':
      return [['via', state.via]];
    case 'initializing':
    case 'logging-out':
      return [];
  }
}
