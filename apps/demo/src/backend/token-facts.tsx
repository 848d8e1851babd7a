import type { ReactNode } from 'react';

import type { Me } from './responses.js';

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

/** The access token claims that the backend has verified. */
export function TokenFacts({
  me: { subject, permissions, expiresAt },
}: TokenFactsProps): ReactNode {
  return (
    <dl className="desk-facts">
      <div>
        <dt>User (sub)</dt>
        <dd>
          <code>{subject}</code>
        </dd>
      </div>
      <div>
        <dt>Permissions</dt>
        <dd>
          {permissions.length === 0
            ? 'none'
            : permissions.map((permission) => <code key={permission}>{permission}</code>)}
        </dd>
      </div>
      <div>
        <dt>Expires</dt>
        <dd>
          <time dateTime={new Date(expiresAt).toISOString()}>{dayAndTime.format(expiresAt)}</time>
        </dd>
      </div>
    </dl>
  );
}
