import type { ReactNode } from 'react';

import { apiErrorWords } from '../account/api-error-words.js';
import { ErrorCard } from '../components/error-card.js';
import { HarbourLog } from './harbour-log.js';
import { isMe, isPublishers } from './responses.js';
import { Desk } from './desk.js';
import { PublisherList } from './publisher-list.js';
import { TokenFacts } from './token-facts.js';
import { isForbidden, useBackend } from './use-backend.js';

/** Props of {@link Backend}. */
export interface BackendProps {
  /** Where the backend is, without a slash at the end. */
  readonly url: string;
}

/** The demo's backend: the claims of the user's access token, and data from the Management API. */
export function Backend({ url }: BackendProps): ReactNode {
  const me = useBackend(`${url}/api/me`, isMe);
  const publishers = useBackend(`${url}/api/publishers`, isPublishers);
  // A failed refetch keeps the previous data.
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
          title="The office did not respond."
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
          <Desk title="Access token claims" response={me}>
            {(facts) => <TokenFacts me={facts} />}
          </Desk>
          <Desk title="Publishers from the Management API" response={publishers}>
            {(papers) => <PublisherList publishers={papers} />}
          </Desk>
          <HarbourLog url={url} />
        </div>
      )}
    </section>
  );
}
