import { useSession } from '@sesamy-kit/react';
import type { SessionEvent } from '@sesamy-kit/react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

/** The events of the session since this page was opened, oldest first. */
export function EventList(): ReactNode {
  const { on } = useSession();
  const [events, setEvents] = useState<readonly SessionEvent[]>([]);

  useEffect(() => on('*', (event) => setEvents((before) => [...before, event])), [on]);

  if (events.length === 0) return <p>None yet. Renew the session, or log out in another tab.</p>;
  return (
    <ol className="engine-requests">
      {events.map((event, index) => (
        // Events are only ever added.
        <li key={index}>
          <code>{event.type}</code>
          <span>{'reason' in event && event.reason}</span>
        </li>
      ))}
    </ol>
  );
}
