import {
  type BrowserContext,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type Route,
  test as base,
  type TestType,
} from '@playwright/test';
import { unusedFaultMessage } from './control/unused-faults.js';
import type { MockServerOptions } from './options.js';
import { createMockServer, type MockServer } from './server.js';

/** The fixtures of a test. */
export interface SesamyFixtures {
  /**
   * Signs the test's browser in at the server, so that the next login of the app succeeds
   * without the page. Each test has a separate session and refresh tokens, so no test can spend
   * another one's: never share a stored login between tests instead.
   */
  readonly signIn: (user?: string) => Promise<void>;
  /**
   * Fulfils the app's requests to Sesamy from the worker's server; automatic. A test that passes although a fault
   * it planned hit no request fails.
   */
  readonly sesamyRoutes: void;
}

/** The fixtures of a worker. */
export interface SesamyWorkerFixtures {
  /** Options of the worker's server; set with `use` in the configuration. */
  readonly sesamyOptions: MockServerOptions;
  /** The worker's own server; `sesamy.control` controls it. Reset before every test. */
  readonly sesamy: MockServer;
}

const SESAMY_ORIGINS = [
  'https://token.sesamy.com',
  'https://api.sesamy.com',
  'https://api2.sesamy.com',
];

/**
 * Playwright's `test` with a mock of Sesamy. The app keeps its production addresses: requests to
 * the issuer and to Sesamy's APIs go to the worker's server, without any port.
 */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & SesamyFixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & SesamyWorkerFixtures
> = base.extend<SesamyFixtures, SesamyWorkerFixtures>({
  sesamyOptions: [{}, { option: true, scope: 'worker' }],
  sesamy: [
    async ({ sesamyOptions }, provide) => {
      const server = createMockServer(sesamyOptions);
      await provide(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  sesamyRoutes: [
    async ({ context, sesamy }, provide, testInfo) => {
      sesamy.control.reset();
      await routeSesamy(context, sesamy);
      await provide();
      const unused = sesamy.control.faults.unused().map((fault) => unusedFaultMessage(fault));
      sesamy.control.faults.clear();
      // A test that failed already has its reason; it may have ended before its fault was due.
      if (testInfo.status === 'passed' && unused.length > 0) throw new Error(unused.join('\n'));
    },
    { auto: true },
  ],
  signIn: async ({ context, sesamy }, provide) => {
    await provide(async (user = 'ada') => {
      const { cookie } = sesamy.control.sessions.start({ user });
      const isSecure = sesamy.issuer.startsWith('https:');
      await context.addCookies([
        {
          ...cookie,
          url: sesamy.issuer,
          httpOnly: true,
          secure: isSecure,
          sameSite: isSecure ? 'None' : 'Lax',
        },
      ]);
    });
  },
});

/**
 * Fulfils a browser context's requests to the server's issuer and to Sesamy's own hosts, and those to `/sesamy/auth`
 * and `/sesamy/api` of every site that a client has the token handler's callback on.
 */
export async function routeSesamy(context: BrowserContext, server: MockServer): Promise<void> {
  const origins = new Set([...SESAMY_ORIGINS, new URL(server.issuer).origin]);
  await context.route(
    (url) => origins.has(url.origin),
    (route) => fulfill(route, server),
  );
  await context.route(
    (url) => upstreamPath(url) !== null && hasTokenHandler(server, url.origin),
    (route) => fulfill(route, server, { isProxied: true }),
  );
}

/** The path behind a publisher's proxy; null for a path that is not forwarded. */
function upstreamPath({ pathname }: URL): string | null {
  const [, api, auth] = /^\/sesamy(?:\/api(\/.*)|(\/auth\/.*))$/.exec(pathname) ?? [];
  return api ?? auth ?? null;
}

function hasTokenHandler(server: MockServer, origin: string): boolean {
  const callbacks = server.control.clients.list().flatMap((client) => client.callbacks);
  return callbacks.some((callback) => callback.startsWith(`${origin}/sesamy/auth/`));
}

async function fulfill(
  route: Route,
  server: MockServer,
  { isProxied = false } = {},
): Promise<void> {
  const request = route.request();
  const body = request.postDataBuffer();
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => !name.startsWith(':'),
  );
  try {
    const url = new URL(request.url());
    const response = await server.fetch(
      new Request(isProxied ? upstreamUrl(server, url) : url, {
        method: request.method(),
        headers: { ...Object.fromEntries(headers), ...(isProxied && forwardedHeaders(url)) },
        ...(body && { body: new Uint8Array(body) }),
      }),
    );
    const cookies = response.headers.getSetCookie();
    const target = request.isNavigationRequest() ? response.headers.get('location') : null;
    await route.fulfill({
      status: target === null ? response.status : 200,
      headers: {
        ...(target === null ? Object.fromEntries(response.headers) : HOP_HEADERS),
        ...(cookies.length > 0 && { 'set-cookie': cookies.join('\n') }),
      },
      body: target === null ? Buffer.from(await response.arrayBuffer()) : hopPage(target),
    });
  } catch {
    await route.abort('connectionreset');
  }
}

function upstreamUrl(server: MockServer, url: URL): URL {
  return new URL((upstreamPath(url) ?? '/') + url.search, server.issuer);
}

function forwardedHeaders({ host, protocol }: URL): Record<string, string> {
  return {
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-prefix': '/sesamy',
  };
}

const HOP_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

/**
 * Playwright routes no request that follows from a redirect, so a navigation hops by script
 * instead: the browser then sends a new request, which is routed again.
 */
function hopPage(target: string): string {
  return `<!doctype html><script>location.replace(${JSON.stringify(target).replaceAll('<', '\\u003c')})</script>`;
}
