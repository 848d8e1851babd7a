import { createMockServer } from '@sesamy-kit/mock-server';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { inspectSession } from '../src/devtools.js';
import type { Session } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { TOKEN, everythingStored } from './support/evidence.js';
import { APP_ORIGIN, type ModeSetUp } from './support/modes/mode.js';
import { LOGIN_ORIGIN } from './support/modes/sso-cookie.js';
import { refreshToken } from './support/modes/refresh-token.js';

/** A day, after which a choice is made again. */
const DAY_SECONDS = 86_401;

/** The path of a token handler that is not there: the app's server responds with 404. */
const NOWHERE = '/nowhere/auth';

const PROBE = /\/auth\/userinfo$/;

/** An app that leaves the choice to the kit. Its own origin forwards `/sesamy/auth` to a token handler. */
const handled: ModeSetUp = {
  ...refreshToken,
  options: { mode: 'auto' },
  createServer: (clientId) =>
    createMockServer({
      customDomains: [`${LOGIN_ORIGIN}/`],
      lifetimes: {
        sessionIdleSeconds: 864_000,
        refreshTokenIdleSeconds: 864_000,
        sessionAbsoluteSeconds: 8_640_000,
        refreshTokenAbsoluteSeconds: 8_640_000,
      },
      clients: [
        {
          clientId,
          callbacks: [`${APP_ORIGIN}/`, `${APP_ORIGIN}/sesamy/auth/${clientId}/callback`],
        },
      ],
    }),
};

const unhandled: ModeSetUp = { ...handled, options: { ...handled.options, authPath: NOWHERE } };

const sameSite: ModeSetUp = {
  ...unhandled,
  options: { ...unhandled.options, issuer: `${LOGIN_ORIGIN}/` },
};

afterEach(() => {
  vi.useRealTimers();
});

/** Which mode the pages of an app have remembered. */
function remembered(): string | undefined {
  const name = Object.keys(localStorage).find((key) => key.endsWith('@auto/mode'));
  const choice: { mode: string } = JSON.parse(localStorage.getItem(name ?? '') ?? '{}');
  return choice.mode;
}

/** Counts the probes from now on. */
function probes(app: TestApp): () => number {
  const before = app.browser.requests.length;
  return () => app.browser.requests.slice(before).filter((request) => PROBE.test(request)).length;
}

/** Breaks the app's own origin, as seen by scripts. */
function breakOwnOrigin(respond: () => Promise<Response>): () => void {
  const working = globalThis.fetch;
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) =>
    PROBE.test(urlOf(input)) ? respond() : working(input, init),
  );
  return () => void vi.stubGlobal('fetch', working);
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

/** Clicks on "Log in" on a new page; resolves to where the page leaves for. */
function leaveToLogIn(app: TestApp, found?: Parameters<TestApp['createPage']>[0]): Promise<string> {
  app
    .createPage(found)
    .loginWithRedirect()
    .catch(() => {});
  return app.browser.nextNavigation();
}

async function openPage(app: TestApp): Promise<Session> {
  const page = app.createPage();
  await page.start();
  return page;
}

/** Expects a page that is signed in, and calls the API, in a mode that is remembered. */
async function expectSignedIn(app: TestApp, page: Session, mode: string): Promise<void> {
  expect(page.getSnapshot().status).toBe('authenticated');
  expect(remembered()).toBe(mode);
  expect(await page.info()).toMatchObject({ mode });
  expect(await app.callApi(page)).toBe(200);
}

describe('the mode auto chooses', () => {
  test('auto chooses a token handler that responds on the own origin, and keeps no token in the browser', async () => {
    const app = openApp(handled);
    const page = await app.logIn();
    await expectSignedIn(app, page, 'token-handler');
    expect(app.browser.requests.at(-1)).toBe(`GET ${APP_ORIGIN}/sesamy/api/client/v1/profile`);
    expect(await everythingStored()).not.toMatch(TOKEN);
    expect(app.browser.requests.filter((request) => request.includes('/oauth/token'))).toEqual([]);
  });

  test('auto chooses the cookie of an issuer on the own site, if there is no token handler', async () => {
    const app = openApp(sameSite);
    const page = await app.logIn();
    await expectSignedIn(app, page, 'sso-cookie');
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('auto chooses a refresh token, if there is neither a token handler nor an issuer on the own site', async () => {
    const app = openApp(unhandled);
    const page = await app.logIn();
    await expectSignedIn(app, page, 'refresh-token');
    expect(await everythingStored()).toMatch(TOKEN);
  });

  test.each([
    [
      'a page of the app',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ],
    ['JSON of something else', () => Response.json({ ok: true })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } })],
  ])('auto chooses no token handler when its path responds with %s', async (_what, respond) => {
    const app = openApp(handled);
    breakOwnOrigin(async () => respond());
    await app.logIn();
    expect(remembered()).toBe('refresh-token');
  });
});

describe('a probe without a definite response', () => {
  test.each([
    ['fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['responds with 503', () => Promise.resolve(new Response('', { status: 503 }))],
    ['responds with 429', () => Promise.resolve(new Response('', { status: 429 }))],
  ])(
    'auto falls back to a refresh token, for minutes only, when its probe %s',
    async (_how, respond) => {
      const app = openApp(handled);
      const repair = breakOwnOrigin(respond);
      await openPage(app);
      await leaveToLogIn(app);
      expect(remembered()).toBe('refresh-token');
      repair();
      app.pass(301);
      expect(await leaveToLogIn(app)).toContain('/sesamy/auth/');
      expect(remembered()).toBe('token-handler');
    },
  );

  test('auto falls back after three seconds when its probe hangs', async () => {
    const app = openApp(handled);
    const time = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(time.signal);
    breakOwnOrigin(
      () =>
        new Promise((_resolve, reject) => {
          time.signal.addEventListener('abort', () => reject(time.signal.reason));
        }),
    );
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await vi.waitFor(() => expect(timeout).toHaveBeenCalledWith(3_000));
    expect(remembered()).toBeUndefined();
    time.abort();
    await app.browser.nextNavigation();
    expect(remembered()).toBe('refresh-token');
  });

  test('auto makes no choice when its probe fails on a page that runs no timers any more, as one that is left', async () => {
    const app = openApp(handled);
    const left = new AbortController();
    const respond = vi.fn<() => Promise<Response>>(
      () =>
        new Promise((_resolve, reject) => {
          left.signal.addEventListener('abort', () => reject(new TypeError('Failed to fetch')));
        }),
    );
    breakOwnOrigin(respond);
    const preloading = app.createPage().preloadLogin();
    await vi.waitFor(() => expect(respond).toHaveBeenCalled());
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    left.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(remembered()).toBeUndefined();
    // A page that is shown again goes on.
    vi.advanceTimersByTime(0);
    await preloading;
    expect(remembered()).toBe('refresh-token');
  });

  test('auto finds an issuer on the own site without a probe that succeeds', async () => {
    const app = openApp({
      ...sameSite,
      options: { ...sameSite.options, authPath: '/sesamy/auth' },
    });
    breakOwnOrigin(() => Promise.reject(new TypeError('Failed to fetch')));
    await leaveToLogIn(app);
    expect(remembered()).toBe('sso-cookie');
  });

  test('auto never replaces a token handler that was found before', async () => {
    const app = openApp(handled);
    await app.logIn();
    await signOut(app);
    app.pass(DAY_SECONDS);
    breakOwnOrigin(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await leaveToLogIn(app)).toContain('/sesamy/auth/');
    expect(remembered()).toBe('token-handler');
  });
});

describe('a choice is remembered', () => {
  test('a reload renders the user at once, and probes nothing', async () => {
    const app = openApp(unhandled);
    await app.logIn();
    const count = probes(app);
    const page = app.createPage();
    expect(page.getSnapshot().status).toBe('authenticated');
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(count()).toBe(0);
  });

  test('a visitor who has never logged in causes no probe and loads no code', async () => {
    const app = openApp(handled);
    const count = probes(app);
    const page = await openPage(app);
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'none' });
    expect([count(), remembered()]).toEqual([0, undefined]);
  });

  test('after a day without a session a new token handler is found', async () => {
    const app = openApp(unhandled);
    await app.logIn();
    await signOut(app);
    app.pass(DAY_SECONDS);
    const found = { authPath: '/sesamy/auth' };
    expect(await leaveToLogIn(app, found)).toContain('/sesamy/auth/');
  });

  test('a session keeps its mode after that day', async () => {
    const app = openApp(unhandled);
    await app.logIn();
    app.pass(DAY_SECONDS);
    const page = app.createPage({ authPath: '/sesamy/auth' });
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(remembered()).toBe('refresh-token');
    expect(await app.callApi(page)).toBe(200);
  });

  test('a token handler that is gone is given up when its path shows the app', async () => {
    const app = openApp(handled);
    await app.logIn();
    breakOwnOrigin(
      async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    );
    app.pass(DAY_SECONDS);
    const page = await openPage(app);
    await stateOf(page, ({ status }) => status === 'unauthenticated');
    expect(remembered()).toBe('refresh-token');
  });

  test("a page of the app below the handler's path gives it up for minutes only", async () => {
    const app = openApp(handled);
    await app.logIn();
    await signOut(app);
    app.browser.visit(`/sesamy/auth/${app.clientId}/login`);
    expect(await leaveToLogIn(app)).toContain('/authorize');
    expect(remembered()).toBe('refresh-token');
    app.browser.visit('/');
    app.pass(301);
    expect(await leaveToLogIn(app)).toContain('/sesamy/auth/');
  });

  test('the cookie of the issuer is given up when the page may not frame the issuer', async () => {
    const app = openApp(sameSite);
    const page = await app.logIn();
    app.pass(4000);
    app.browser.frames.behave('block');
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(remembered()).toBe('refresh-token');
    const next = await app.logIn();
    expect(await app.callApi(next)).toBe(200);
    expect(await everythingStored()).toMatch(TOKEN);
  });

  test('a choice that storage does not hold is made again', async () => {
    const app = openApp(handled);
    await app.logIn();
    for (const name of Object.keys(localStorage))
      if (name.endsWith('/mode')) localStorage.setItem(name, '{"mode":"none"}');
    const page = await openPage(app);
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(remembered()).toBe('token-handler');
  });
});

describe('the devtools', () => {
  const modeOf = (page: Session): string | undefined =>
    inspectSession(page)?.configuration.find(({ name }) => name === 'mode')?.value;

  test('the devtools show which mode auto has chosen', async () => {
    const app = openApp(handled);
    expect(modeOf(app.createPage())).toBe('auto, not chosen yet');
    const page = await app.logIn();
    expect(modeOf(page)).toBe('auto, which has chosen token-handler');
    expect(inspectSession(page)?.isHandled).toBe(true);
  });

  test('the devtools name the entry that remembers the chosen mode', async () => {
    const page = await openApp(unhandled).logIn();
    const entries = await inspectSession(page)?.listEntries();
    expect(entries).toContainEqual(
      expect.objectContaining({ name: expect.stringMatching(/@auto\/mode$/), isSecret: false }),
    );
  });
});

describe('two tabs with the mode auto', () => {
  test.each([
    ['token-handler', handled],
    ['sso-cookie', sameSite],
    ['refresh-token', unhandled],
  ] as const)(
    'two tabs with auto follow each other into and out of a session kept by %s',
    async (_mode, setUp) => {
      const app = openApp(setUp);
      const first = await openPage(app);
      onTestFinished(first.subscribe(() => {}));
      await app.logIn();
      await stateOf(first, ({ status }) => status === 'authenticated');
      await signOut(app);
      await stateOf(first, ({ status }) => status === 'unauthenticated');
    },
  );

  test('a tab with an older choice reloads for its login, so that all tabs have the same mode', async () => {
    const app = openApp(unhandled);
    const older = await openPage(app);
    await older.preloadLogin();
    expect(remembered()).toBe('refresh-token');
    app.pass(DAY_SECONDS);
    // Another tab finds the token handler that was put in place since.
    const newer = app.createPage({ authPath: '/sesamy/auth' });
    newer.loginWithRedirect().catch(() => {});
    await app.browser.nextNavigation();
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => {});
    older.loginWithRedirect().catch(() => {});
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });
});

async function signOut(app: TestApp): Promise<void> {
  const page = await openPage(app);
  page.logout().catch(() => {});
  await app.browser.go(await app.browser.nextNavigation());
  await openPage(app);
}

test('the API is addressed in the same way, whatever mode is chosen', () => {
  for (const setUp of [handled, unhandled, sameSite]) {
    const { apiUrl } = openApp(setUp).createPage();
    expect(profileUrl({ apiUrl } as Session)).toBe('https://api.sesamy.com/client/v1/profile');
  }
});

test.each([
  ['in upper case, with the default port', 'HTTPS://API.SESAMY.COM:443/client/v1/profile'],
  ['with dots that lead out of the API', 'https://api.sesamy.com/../../client/v1/profile'],
  [
    'with encoded dots that lead out of the API',
    'https://api.sesamy.com/%2e%2E/x/..%5C../client/v1/profile',
  ],
  ['with a tab', 'https://api.ses\tamy.com/client/v1/profile'],
])('a URL of the API %s goes to the path of the token handler', async (_what, url) => {
  const app = openApp(handled);
  const page = await app.logIn();
  await page.fetch(url).catch(() => {});
  const [, path] = app.browser.requests.at(-1)?.split(location.origin) ?? [];
  expect(path).toMatch(/^\/sesamy\/api\//);
});

test('a Request for the API whose body is used up is rejected as invalid_configuration', async () => {
  const app = openApp(handled);
  const page = await app.logIn();
  const request = new Request(profileUrl(page), { method: 'PATCH', body: '{}' });
  await request.text();
  expect(await rejectionOf(page.fetch(request))).toMatchObject({ code: 'invalid_configuration' });
});

test('a Request for the API keeps its body, headers and signal on the way to the token handler', async () => {
  const app = openApp(handled);
  const page = await app.logIn();
  /** A `Request` as in Firefox, which does not give its body as a stream. */
  class RequestWithoutStream extends Request {
    override get body(): null {
      return null;
    }
  }
  const request = new RequestWithoutStream(profileUrl(page), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ nickname: 'Countess' }),
  });
  expect((await page.fetch(request)).status).toBe(200);
  expect(await page.fetchJson(profileUrl(page))).toMatchObject({ nickname: 'Countess' });
  const stop = new AbortController();
  stop.abort();
  const aborted = new RequestWithoutStream(profileUrl(page), { signal: stop.signal });
  expect(await rejectionOf(page.fetch(aborted))).toMatchObject({ code: 'aborted' });
});
