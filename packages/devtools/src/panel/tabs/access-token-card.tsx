import type { SessionInfo } from '@sesamy-kit/session';
import type { AccessTokenFacts } from '@sesamy-kit/session/devtools';
import type { ReactNode } from 'react';
import { Card } from '../card.js';
import { Facts } from '../facts.js';
import { usePanel } from '../panel-context.js';
import { formatCountdown } from '../time.js';
import { useInfo } from '../use-info.js';
import { useNow } from '../use-now.js';

/** What the access token is good for. Its value is not shown. */
export function AccessTokenCard(): ReactNode {
  const { session } = usePanel().model;
  const now = useNow();
  const info = useInfo();
  const token = session.inspection?.readAccessToken() ?? null;
  const isHandled = session.inspection?.isHandled === true;
  return (
    <Card title="Access token">
      {isHandled ? (
        <p className="quiet">The token handler has it, in a cookie that no script can read.</p>
      ) : token === null ? (
        <p className="quiet">None that is valid. The next call that needs one renews it.</p>
      ) : (
        <Facts facts={factsOf(token, info, now)} />
      )}
    </Card>
  );
}

function factsOf(
  token: AccessTokenFacts,
  info: SessionInfo | null,
  now: number,
): readonly (readonly [string, ReactNode])[] {
  const { renewalDueAt, audience, isReadable } = token;
  // By this device's clock, which the kit goes by, rather than by the server's.
  const expiresAt = info?.expiresAt ?? token.expiresAt;
  const unsaid = isReadable ? 'not said' : 'not said: it is not a JSON Web Token';
  return [
    ['expires', expiresAt === undefined ? 'unknown' : formatCountdown(expiresAt - now)],
    [
      'renewed',
      renewalDueAt === null ? 'not ahead of expiry' : formatCountdown(renewalDueAt - now),
    ],
    ['scope', info?.scope ?? token.scope ?? unsaid],
    ['audience', audience.join(' ') || unsaid],
  ];
}
