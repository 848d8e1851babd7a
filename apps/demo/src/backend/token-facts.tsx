import type { ReactNode } from 'react';

import type { Me } from './answers.js';

/** Props of {@link TokenFacts}. */
export interface TokenFactsProps {
  readonly me: Me;
}

const dayAndTime = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What the backend has read in the access token. */
export function TokenFacts({
  me: { subject, permissions, expiresAt },
}: TokenFactsProps): ReactNode {
  return (
    <dl className="desk-facts">
      <div>
        <dt>Reader</dt>
        <dd>
          <code>{subject}</code>
        </dd>
      </div>
      <div>
        <dt>May also</dt>
        <dd>
          {permissions.length === 0
            ? 'nothing beyond reading'
            : permissions.map((permission) => <code key={permission}>{permission}</code>)}
        </dd>
      </div>
      <div>
        <dt>Good until</dt>
        <dd>
          <time dateTime={new Date(expiresAt).toISOString()}>{dayAndTime.format(expiresAt)}</time>
        </dd>
      </div>
    </dl>
  );
}
