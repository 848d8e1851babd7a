import type { ReactNode } from 'react';

import type { Publisher } from './responses.js';

/** Props of {@link PublisherList}. */
export interface PublisherListProps {
  readonly publishers: readonly Publisher[];
}

/** The publishers that the backend fetched from Sesamy's Management API. */
export function PublisherList({ publishers }: PublisherListProps): ReactNode {
  if (publishers.length === 0) return <p className="desk-note">No paper is moored here yet.</p>;
  return (
    <>
      <ul className="papers">
        {publishers.map(({ id, name }) => (
          <li key={id}>
            <span className="paper-flag" aria-hidden="true">
              {initialOf(name)}
            </span>
            <span className="paper-name">{name}</span>
            <code>{id}</code>
          </li>
        ))}
      </ul>
      <p className="desk-note">Fetched from Sesamy’s Management API, by the server.</p>
    </>
  );
}

function initialOf(name: string): string {
  return name.replace(/^The /, '').slice(0, 1).toUpperCase();
}
