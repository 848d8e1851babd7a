import type { AccessTokenFacts } from '@sesamy-kit/session/devtools';
import type { ReactNode } from 'react';
import { Card } from '../card.js';
import { Facts } from '../facts.js';
import { usePanel } from '../panel-context.js';
import { formatCountdown } from '../time.js';
import { useNow } from '../use-now.js';

/** What the access token is good for. Its value is not shown. */
export function AccessTokenCard(): ReactNode {
  const { session } = usePanel().model;
  const now = useNow();
  const token = session.inspection?.readAccessToken() ?? null;
  const isHandled = session.inspection?.isHandled === true;
  return (
    <Card title="Access token">
      {isHandled ? (
        <p className="quiet">The token handler has it, in a cookie that no script can read.</p>
      ) : token === null ? (
        <p className="quiet">None that is valid. The next call that needs one renews it.</p>
      ) : (
        <Facts facts={factsOf(token, now)} />
      )}
    </Card>
  );
}

function factsOf(
  { expiresAt, renewalDueAt, scope, audience, isReadable }: AccessTokenFacts,
  now: number,
): readonly (readonly [string, ReactNode])[] {
  if (!isReadable) return [['format', 'not a JSON Web Token, so it does not say']];
  return [
    ['expires', expiresAt === undefined ? 'unknown' : formatCountdown(expiresAt - now)],
    [
      'renewed',
      renewalDueAt === null ? 'not ahead of expiry' : formatCountdown(renewalDueAt - now),
    ],
    ['scope', scope ?? 'not said'],
    ['audience', audience.join(' ') || 'not said'],
  ];
}
