import type { UseQueryResult } from '@tanstack/react-query';
import { useId } from 'react';
import type { ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { ShutLedger } from '../art/shut-ledger.js';
import { ErrorCard } from '../components/error-card.js';
import { TextSkeleton } from '../components/text-skeleton.js';
import { isForbidden } from './use-backend.js';

/** Props of {@link Desk}. */
export interface DeskProps<Answer> {
  readonly title: string;
  readonly answer: UseQueryResult<Answer>;
  /** Shows the answer, once it is there. */
  readonly children: (data: Answer) => ReactNode;
}

/** One question to the backend: its answer, or why there is none. */
export function Desk<Answer>({ title, answer, children }: DeskProps<Answer>): ReactNode {
  const titleId = useId();
  return (
    <section className="desk" aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      {contentOf(answer, children)}
    </section>
  );
}

function contentOf<Answer>(
  answer: UseQueryResult<Answer>,
  children: (data: Answer) => ReactNode,
): ReactNode {
  if (isForbidden(answer.error)) return <NotForYourDesk />;
  if (answer.data !== undefined) return children(answer.data);
  if (!answer.isError) return <TextSkeleton label="Asking the office" lines={3} />;
  return (
    <ErrorCard
      title="The office could not say."
      onRetry={() => {
        void answer.refetch();
      }}
      isRetrying={answer.isFetching}
    >
      {apiErrorWords(answer.error)} You are still logged in.
    </ErrorCard>
  );
}

/** The backend knows the reader and says no: nothing is broken, so nothing is alarming. */
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
