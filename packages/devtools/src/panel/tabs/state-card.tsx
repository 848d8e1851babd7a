import type { SessionInfo, SessionState } from '@sesamy-kit/session';
import type { ReactNode } from 'react';
import { redact } from '../../model/redact.js';
import { Card } from '../card.js';
import { Facts } from '../facts.js';
import { useSessionState } from '../panel-context.js';
import { formatTime } from '../time.js';
import { useInfo } from '../use-info.js';

/** The state. Of the user it shows the id and the names of the other claims. */
export function StateCard(): ReactNode {
  const state = useSessionState();
  const info = useInfo();
  return (
    <Card title="State">
      <Facts facts={[['status', state.status], ...factsOf(state), ...loginFacts(info)]} />
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

function loginFacts(info: SessionInfo | null): readonly (readonly [string, ReactNode])[] {
  if (info === null) return [];
  const { mode, authTime, acr, amr } = info;
  return [
    ['mode', mode],
    ...(authTime === null ? [] : [['logged in', formatTime(authTime)] as const]),
    ...(acr === null ? [] : [['acr', redact(acr)] as const]),
    ...(amr === null ? [] : [['amr', redact(amr.join(' '))] as const]),
  ];
}
