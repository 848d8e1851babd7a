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
import type { MockServerOptions } from './options.js';
import { createMockServer, type MockServer } from './server.js';

/** What a test gets from the fixture. */
export interface SesamyFixtures {
  /**
   * Signs the test's browser in at the server, so that the next login of the app is answered
   * without the page. Each test has a session and refresh tokens of its own, so no test can spend
   * another one's: never share a stored login between tests instead.
   */
  readonly signIn: (user?: string) => Promise<void>;
  /** Answers the app's requests to Sesamy from the worker's server. Used by itself. */
  readonly sesamyRoutes: void;
}

/** What a worker gets from the fixture. */
export interface SesamyWorkerFixtures {
  /** Options of the worker's server; set with `use` in the configuration. */
  readonly sesamyOptions: MockServerOptions;
  /** The worker's own server; `sesamy.control` steers it. Reset before every test. */
  readonly sesamy: MockServer;
}

const SESAMY_ORIGINS = [
  'https://token.sesamy.com',
  'https://api.sesamy.com',
  'https://api2.sesamy.com',
];

/**
 * Playwright's `test` with a mock of Sesamy. The app keeps its production addresses: requests to
 * the issuer and to Sesamy's APIs are answered by the worker's server, without any port.
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
    async ({ context, sesamy }, provide) => {
      sesamy.control.reset();
      await routeSesamy(context, sesamy);
      await provide();
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

/** Answers a browser context's requests to the server's issuer and to Sesamy's own hosts. */
export async function routeSesamy(context: BrowserContext, server: MockServer): Promise<void> {
  const origins = new Set([...SESAMY_ORIGINS, new URL(server.issuer).origin]);
  await context.route(
    (url) => origins.has(url.origin),
    (route) => answer(route, server),
  );
}

async function answer(route: Route, server: MockServer): Promise<void> {
  const asked = route.request();
  const body = asked.postDataBuffer();
  const headers = Object.entries(await asked.allHeaders()).filter(
    ([name]) => !name.startsWith(':'),
  );
  try {
    const response = await server.fetch(
      new Request(asked.url(), {
        method: asked.method(),
        headers: Object.fromEntries(headers),
        ...(body && { body: new Uint8Array(body) }),
      }),
    );
    const cookies = response.headers.getSetCookie();
    const target = asked.isNavigationRequest() ? response.headers.get('location') : null;
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

const HOP_HEADERS = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };

/**
 * Playwright routes no request that follows from a redirect, so a navigation hops by script
 * instead: the browser then asks anew, and is routed again.
 */
function hopPage(target: string): string {
  return `<!doctype html><script>location.replace(${JSON.stringify(target).replaceAll('<', '\\u003c')})</script>`;
}
