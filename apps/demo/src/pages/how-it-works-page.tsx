import { SignedIn, useSession } from '@sesamy-kit/react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import { Page } from '../components/page.js';
import { RequestList } from '../components/request-list.js';
import { statusWords } from '../components/status-words.js';
import type { Config } from '../config.js';
import { ApiCall } from '../engine/api-call.js';
import { EventList } from '../engine/event-list.js';
import { IdleLogoutSwitch } from '../engine/idle-logout-switch.js';
import { OfflineLimit } from '../engine/offline-limit.js';
import { SessionFacts } from '../engine/session-facts.js';
import { SuspendedProfile } from '../engine/suspended-profile.js';
import { TypedUser } from '../engine/typed-user.js';
import { ChosenMode } from '../modes/chosen-mode.js';
import { places } from '../modes/places.js';
import { useRunningMode } from '../modes/use-running-mode.js';

const sources = [
  { file: 'apps/demo/src/session.ts', what: 'the session and its options' },
  { file: 'apps/demo/src/user-schema.ts', what: 'what a login must say of a reader' },
  { file: 'apps/demo/src/pages/story-page.tsx', what: 'a guard that returns to the same spot' },
  { file: 'apps/demo/src/account/profile-form.tsx', what: 'an optimistic edit' },
  { file: 'apps/backend/src/app.ts', what: 'the server that checks your access token' },
  { file: 'packages/session/src/state.ts', what: 'every state and its transitions' },
  {
    file: 'packages/session/src/drivers',
    what: 'one file per session mode',
  },
  { file: 'packages/session/src/tokens', what: 'one refresh for any number of tabs' },
  { file: 'packages/mock-server/src/app.ts', what: 'the mock of Sesamy that logged you in' },
];

/** Props of {@link HowItWorksPage}. */
export interface HowItWorksPageProps {
  readonly config: Config;
}

/** For developers: the current state of the session, where its data is stored, where to read on. */
export function HowItWorksPage({ config }: HowItWorksPageProps): ReactNode {
  const state = useSession();
  const runningMode = useRunningMode(config);
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
        <SignedIn>
          <section aria-labelledby="facts">
            <h2 id="facts">What the session knows about itself</h2>
            <SessionFacts />
          </section>
        </SignedIn>
        <section aria-labelledby="user">
          <h2 id="user">The user, typed by a schema</h2>
          <TypedUser />
        </section>
        <section aria-labelledby="call">
          <h2 id="call">An API call, signed in or not</h2>
          {/* The response for one user is not shown to the next. */}
          <ApiCall key={state.user?.sub} config={config} />
        </section>
        <SignedIn>
          <section aria-labelledby="suspense">
            <h2 id="suspense">The profile under a Suspense boundary</h2>
            <SuspendedProfile key={state.user?.sub} />
          </section>
          <section aria-labelledby="idle">
            <h2 id="idle">Idle logout</h2>
            <IdleLogoutSwitch />
          </section>
        </SignedIn>
        <section aria-labelledby="offline">
          <h2 id="offline">Offline, for how long</h2>
          <OfflineLimit />
        </section>
        <section aria-labelledby="events">
          <h2 id="events">Events since you opened this page</h2>
          <EventList />
        </section>
        <section aria-labelledby="requests">
          <h2 id="requests">Requests to Sesamy since this page loaded</h2>
          <RequestList config={config} />
          {runningMode === 'sso-cookie' ? (
            <p className="engine-note">
              The request of the hidden iframe is not among them: the iframe is removed before the
              browser records it.
            </p>
          ) : null}
        </section>
        <section aria-labelledby="where">
          <h2 id="where">Token and session storage</h2>
          <p className="engine-mode">
            This page uses the session mode <code>{config.mode}</code>
            {config.mode === 'auto' ? <ChosenMode mode={runningMode} /> : null}.{' '}
            <Link to="/how-you-are-logged-in">Compare the three modes</Link>.
          </p>
          {runningMode === null ? null : (
            <dl className="engine-places">
              {places[runningMode].map(({ what, where, why }) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    <strong>{where}.</strong> {why}
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </section>
        <section aria-labelledby="guard">
          <h2 id="guard">What a guard is, and is not</h2>
          <p>
            A guard in the browser decides what is shown. It does not protect content that is part
            of the bundle, as the stories of this demo are. A real paper fetches them from its
            server with <code>session.fetch</code>, and the server checks the access token.
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
