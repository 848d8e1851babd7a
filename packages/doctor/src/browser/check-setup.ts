import type { Session } from '@sesamy-kit/session';
import { compareClocks } from '../checks/issuer.js';
import { checkPage } from '../checks/page.js';
import { judgeVersion, PEERS, type VersionId } from '../checks/versions.js';
import { isAllowed } from '../csp.js';
import { inOrder, type Finding } from '../finding.js';
import { createEnvironment, type Environment } from '../http.js';
import { checkBrowser } from './check-browser.js';
import { checkHandler } from './check-handler.js';
import { checkServer } from './check-server.js';
import { describeSetup, type PageOptions } from './page-setup.js';
import { hasServiceWorker } from './service-worker.js';

/** Options of `checkSetup`. */
export interface CheckSetupOptions extends PageOptions, Partial<Environment> {
  /** Versions to check, e.g. `{ 'react-version': React.version }`. */
  readonly versions?: { readonly [id in VersionId]?: string } | undefined;
}

/**
 * Checks the set-up of the page that a session runs on, in its browser: the server as the page sees it, the page's
 * policies, the browser's storage and cookies, a token handler and a service worker before it. Neither starts the
 * session nor changes it; sends requests without cookies, except for the navigation that shows what a service worker does.
 */
export async function checkSetup(
  session: Session,
  options: CheckSetupOptions = {},
): Promise<readonly Finding[]> {
  const setup = describeSetup(session, options);
  const environment = createEnvironment(options);
  const { origin, issuer, mode } = setup;
  const pageUrl = location.href.split(/[?#]/, 1)[0] ?? location.href;
  const page = await checkPage(setup, environment, pageUrl);
  const canConnect = isAllowed(page.policies, 'connect-src', new URL(issuer), origin);
  const groups = await Promise.all([
    checkBrowser(setup),
    // What the policy of the page blocks says nothing of the server.
    canConnect ? checkServer(setup, environment) : [],
    mode === 'token-handler' ? checkHandler(setup, environment) : [],
  ]);
  const { versions = {} } = options;
  return inOrder([
    ...page.findings,
    // A service worker may have kept the page since any time.
    ...compareClocks(hasServiceWorker() ? null : page.serverTime, environment.now()),
    ...groups.flat(),
    ...PEERS.flatMap(({ id, range }) => {
      const version = versions[id];
      return version === undefined ? [] : [judgeVersion(id, version, range)];
    }),
  ]);
}
