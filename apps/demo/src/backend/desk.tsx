import type { UseQueryResult } from '@tanstack/react-query';
import { useId } from 'react';
import type { ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { ShutLedger } from '../art/shut-ledger.js';
import { ErrorCard } from '../components/error-card.js';
import { TextSkeleton } from '../components/text-skeleton.js';
import { isForbidden } from './use-backend.js';

/** Props of {@link Desk}. */
export interface DeskProps<Data> {
  readonly title: string;
  readonly response: UseQueryResult<Data>;
  /** Renders the data once it is loaded. */
  readonly children: (data: Data) => ReactNode;
}

/** One request to the backend: its data or its error. */
export function Desk<Data>({ title, response, children }: DeskProps<Data>): ReactNode {
  const titleId = useId();
  return (
    <section className="desk" aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      {contentOf(response, children)}
    </section>
  );
}

function contentOf<Data>(
  response: UseQueryResult<Data>,
  children: (data: Data) => ReactNode,
): ReactNode {
  if (isForbidden(response.error)) return <NotForYourDesk />;
  if (response.data !== undefined) return children(response.data);
  if (!response.isError) return <TextSkeleton label="Loading from the office" lines={3} />;
  return (
    <ErrorCard
      title="The office could not say."
      onRetry={() => {
        void response.refetch();
      }}
      isRetrying={response.isFetching}
    >
      {apiErrorWords(response.error)} You are still logged in.
    </ErrorCard>
  );
}

/** A 403 is not a failure, so it is not shown as one. */
function NotForYourDesk(): ReactNode {
  return (
    <div className="desk-shut">
      <ShutLedger />
      <div>
        <p className="desk-shut-title">This ledger is not for your desk.</p>
        <p>
          It opens to staff with the permission <code>publishers:read</code>. Your login is in good
          order.
        </p>
      </div>
    </div>
  );
}
