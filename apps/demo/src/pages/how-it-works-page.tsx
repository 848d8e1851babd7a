import { useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';

import { Page } from '../components/page.js';
import { RequestList } from '../components/request-list.js';
import { statusWords } from '../components/status-words.js';
import type { Config } from '../config.js';

const places = [
  {
    what: 'Access and refresh token',
    where: 'IndexedDB, one record for each client and issuer',
    why: 'Read and written under a Web Lock, so that two tabs never spend the same refresh token.',
  },
  {
    what: 'Your name and picture',
    where: 'localStorage, a small snapshot without any token',
    why: 'It can be read before the first render: no flash of a logged-out page.',
  },
  {
    what: 'A login under way',
    where: 'IndexedDB, by its state, for ten minutes',
    why: 'It remembers the page you came from, and the secrets that only this browser knows.',
  },
  {
    what: 'Profile',
    where: 'TanStack Query’s cache, in memory',
    why: 'Dropped when the reader changes or leaves.',
  },
];

const sources = [
  { file: 'apps/demo/src/main.tsx', what: 'the provider, with four options' },
  { file: 'apps/demo/src/pages/story-page.tsx', what: 'a guard that returns to the same spot' },
  { file: 'apps/demo/src/account/profile-form.tsx', what: 'an optimistic edit' },
  { file: 'apps/backend/src/app.ts', what: 'the server that checks your access token' },
  { file: 'packages/session/src/state.ts', what: 'every state, and what leads to it' },
  { file: 'packages/session/src/refresh.ts', what: 'one refresh for any number of tabs' },
  { file: 'packages/mock-server/src/app.ts', what: 'the stand-in for Sesamy that logged you in' },
];

/** Props of {@link HowItWorksPage}. */
export interface HowItWorksPageProps {
  readonly config: Config;
}

/** For developers: what the session is doing right now, where things live, where to read on. */
export function HowItWorksPage({ config }: HowItWorksPageProps): ReactNode {
  const state = useSession();
  return (
    <Page title="How this works">
      <div className="engine">
        <h1 className="section-title" tabIndex={-1}>
          How this works
        </h1>
        <p className="engine-lede">
          The paper is invented; the login is not. This page shows what the session is doing while
          you read. It never shows a token, and nothing else on the site does either.
        </p>
        <section aria-labelledby="now">
          <h2 id="now">Right now</h2>
          <p className="engine-status">
            <code>{state.status}</code>
            <span>{statusWords(state)}</span>
          </p>
        </section>
        <section aria-labelledby="asked">
          <h2 id="asked">Asked of Sesamy since this page loaded</h2>
          <RequestList config={config} />
        </section>
        <section aria-labelledby="where">
          <h2 id="where">Where things live</h2>
          <dl className="engine-places">
            {places.map(({ what, where, why }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>
                  <strong>{where}.</strong> {why}
                </dd>
              </div>
            ))}
          </dl>
        </section>
        <section aria-labelledby="guard">
          <h2 id="guard">What a guard is, and is not</h2>
          <p>
            A guard in the browser decides what is shown. It does not protect a text that was sent
            along: the pieces of this demo come with the site. A real paper asks its own server for
            them with <code>session.fetch</code>, and the server checks the access token.
          </p>
        </section>
        <section aria-labelledby="source">
          <h2 id="source">Read the source</h2>
          <ul className="engine-sources">
            {sources.map(({ file, what }) => (
              <li key={file}>
                <code>{file}</code> {what}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Page>
  );
}
