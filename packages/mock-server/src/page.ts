import { checkOptionNames } from './check-option-names.js';
import { createInProcessFetch } from './in-process-fetch.js';
import { createMockCore } from './mock-core.js';
import { type MockServerOptions, resolveOptions } from './options.js';
import { showVisit } from './page/show-visit.js';
import { createCookieJar } from './service-worker/cookie-jar.js';
import { respond } from './service-worker/respond.js';
import { createStateStore } from './service-worker/state-store.js';

/** Options of `createPageMock`: those of the server, with an issuer on the page's own origin. */
export interface PageMockOptions extends Omit<MockServerOptions, 'customDomains' | 'controlToken'> {
  /** Issuer identifier, ending with `/`, on the page's own origin. */
  readonly issuer: string;
}

/** The mock of a page. */
export interface PageMock {
  /** Issuer identifier, ending with `/`. */
  readonly issuer: string;
  /**
   * The `fetch` of the session: requests to addresses below the issuer go to the mock, others to the network. Rejects
   * with a TypeError where the mock cuts a connection.
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Shows what the mock responds to a visit of this page's address, such as its login page, and follows its links,
   * forms and redirects. For the pages at `authorize`, `v2/logout` and `oidc/logout` below the issuer. Resolves once
   * the first response is shown.
   */
  show(): Promise<void>;
}

/**
 * Creates a mock of Sesamy that runs in pages, where there is no service worker. The pages of the issuer are files of
 * the host, each with a script that calls `show`. All pages share the state, which is kept in IndexedDB, one request
 * at a time.
 * @throws UnknownOptionError for an option that does not exist
 */
export function createPageMock(options: PageMockOptions): PageMock {
  checkOptionNames(options);
  const { issuer } = options;
  const core = createMockCore(resolveOptions(options));
  const jar = createCookieJar();
  const store = createStateStore(core, jar, { isShared: true });
  const fetchFromNetwork = globalThis.fetch.bind(globalThis);
  // Aborting a request that a planned fault lets hang ends its turn.
  const fetchFromMock = createInProcessFetch((request, signal) =>
    navigator.locks.request(`sesamy-mock ${issuer}`, () =>
      respond(core, jar, store, new Request(request, { signal })),
    ),
  );
  const fetch: typeof globalThis.fetch = (input, init) =>
    addressOf(input).startsWith(issuer)
      ? fetchFromMock(input, init)
      : fetchFromNetwork(input, init);
  return {
    issuer,
    fetch,
    show: () => showVisit(new Request(ownAddress()), { issuer, fetch: fetchFromMock }),
  };
}

function addressOf(input: RequestInfo | URL): string {
  return new URL(input instanceof Request ? input.url : input, document.baseURI).href;
}

/** A host of static files adds a slash to the address of a folder. */
function ownAddress(): string {
  const url = new URL(location.href);
  url.pathname = url.pathname.replace(/\/(?:index\.html)?$/, '');
  return url.href;
}
