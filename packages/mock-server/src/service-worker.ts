import { checkOptionNames } from './check-option-names.js';
import type { ClientOptions } from './clients.js';
import { isCutConnection } from './control/cut-connection.js';
import { createMockCore } from './mock-core.js';
import { type MockServerOptions, resolveOptions } from './options.js';
import { createCookieJar } from './service-worker/cookie-jar.js';
import { respond } from './service-worker/respond.js';
import { createStateStore } from './service-worker/state-store.js';
import {
  CLAIM_MESSAGE,
  COOKIES_MESSAGE,
  type WorkerInstallEvent,
  type WorkerScope,
} from './service-worker/worker-scope.js';

export type {
  WorkerEvent,
  WorkerFetchEvent,
  WorkerInstallEvent,
  WorkerMessageEvent,
  WorkerRoute,
  WorkerScope,
} from './service-worker/worker-scope.js';

/** Options of `serveMockInServiceWorker`: those of the server, except for its issuer. */
export interface ServiceWorkerMockOptions extends Omit<
  MockServerOptions,
  'issuer' | 'customDomains' | 'controlToken'
> {
  /**
   * Path of the mock below the worker's scope, with a slash at its end. The issuer is this path's URL. Default `sesamy/`.
   */
  readonly path?: string;
}

/** The mock of a service worker. */
export interface ServiceWorkerMock {
  /** Issuer identifier, ending with `/`. */
  readonly issuer: string;
}

/**
 * Serves a mock of Sesamy in a service worker, below a path of the worker's scope, with its dashboard. The state is
 * kept in IndexedDB, so that sessions and tokens outlive the worker, which browsers stop at will. Requests to other
 * paths are left to other listeners.
 *
 * A client without `callbacks` has the worker's scope as its callback and logout URL.
 *
 * Call it while the worker's script is first run. The script has to be one file: service workers cannot load code on
 * demand.
 * @param scope the worker's `self`
 * @throws UnknownOptionError for an option that does not exist
 * @throws TypeError when `path` leads out of the scope
 */
export function serveMockInServiceWorker(
  scope: WorkerScope,
  { path = 'sesamy/', ...options }: ServiceWorkerMockOptions = {},
): ServiceWorkerMock {
  checkOptionNames(options);
  const issuer = issuerOf(scope, path);
  const core = createMockCore(
    resolveOptions({
      hasControlPlane: true,
      ...options,
      issuer,
      clients: withCallbacks(options.clients ?? [{ clientId: 'publisher-web' }], scope),
    }),
  );
  const jar = createCookieJar();
  const store = createStateStore(core, jar);

  scope.addEventListener('install', (event) => {
    event.waitUntil(Promise.all([scope.skipWaiting(), routeToWorker(event, issuer)]));
  });
  scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
  scope.addEventListener('message', (event) => {
    if (event.data === CLAIM_MESSAGE) event.waitUntil(scope.clients.claim());
    if (event.data === COOKIES_MESSAGE)
      event.waitUntil(store.restore().then(() => event.ports[0]?.postMessage(jar.readable())));
  });
  scope.addEventListener('fetch', (event) => {
    if (event.request.url.startsWith(issuer))
      event.respondWith(respond(core, jar, store, event.request).then(asNetwork));
  });
  return { issuer };
}

/** Chromium sends a request to the network as well while a worker starts. The host must not see those to the mock. */
async function routeToWorker(event: WorkerInstallEvent, issuer: string): Promise<void> {
  const pathname = `${new URL(issuer).pathname}*`;
  try {
    await event.addRoutes?.([{ condition: { urlPattern: { pathname } }, source: 'fetch-event' }]);
  } catch {
    // A browser may know the method and not this rule. The worker serves the mock regardless.
  }
}

function issuerOf({ registration }: WorkerScope, path: string): string {
  const { href } = new URL(path, registration.scope);
  if (href.startsWith(registration.scope) && href.endsWith('/')) return href;
  throw new TypeError(
    `The path "${path}" must be below the worker's scope ${registration.scope} and end with "/", such as "sesamy/".`,
  );
}

function withCallbacks(
  clients: readonly ClientOptions[],
  { registration }: WorkerScope,
): readonly ClientOptions[] {
  return clients.map((client) => ({ callbacks: [registration.scope], ...client }));
}

/** A connection that is cut is a network error to the page. */
function asNetwork(response: Response): Response {
  return isCutConnection(response) ? Response.error() : response;
}
