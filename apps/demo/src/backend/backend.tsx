import type { ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { ErrorCard } from '../components/error-card.js';
import { isMe, isPublishers } from './answers.js';
import { Desk } from './desk.js';
import { PublisherList } from './publisher-list.js';
import { TokenFacts } from './token-facts.js';
import { isForbidden, useBackend } from './use-backend.js';

/** Props of {@link Backend}. */
export interface BackendProps {
  /** Where the backend is, without a slash at the end. */
  readonly url: string;
}

/** What our own backend tells the reader: who it takes them for, and what it got from Sesamy for them. */
export function Backend({ url }: BackendProps): ReactNode {
  const me = useBackend(`${url}/api/me`, isMe);
  const publishers = useBackend(`${url}/api/publishers`, isPublishers);
  // A refetch that fails leaves what was there before.
  const isOutOfReach =
    me.isLoadingError && publishers.isLoadingError && !isForbidden(publishers.error);

  return (
    <section className="office" aria-labelledby="office">
      <h2 id="office">At the harbour office</h2>
      <p className="office-lede">
        Our own server keeps the ledgers. Your browser showed it your access token, and it checked
        the signature before it said a word.
      </p>
      {isOutOfReach ? (
        <ErrorCard
          title="The office did not answer."
          onRetry={() => {
            void me.refetch();
            void publishers.refetch();
          }}
          isRetrying={me.isFetching || publishers.isFetching}
        >
          {apiErrorWords(me.error)} You are still logged in.
        </ErrorCard>
      ) : (
        <div className="office-desks">
          <Desk title="What it reads on your token" answer={me}>
            {(facts) => <TokenFacts me={facts} />}
          </Desk>
          <Desk title="Papers in its ledger" answer={publishers}>
            {(papers) => <PublisherList publishers={papers} />}
          </Desk>
        </div>
      )}
    </section>
  );
}
