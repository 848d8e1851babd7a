import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { everythingStored, listenToPages, TOKEN } from './support/evidence.js';
import { APP_ORIGIN } from './support/modes/mode.js';
import { tokenHandler } from './support/modes/token-handler.js';

const userinfo = `GET ${APP_ORIGIN}/sesamy/auth/userinfo`;

let app: TestApp;

beforeEach(() => {
  app = openApp(tokenHandler);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Runs all work that is ready. */
async function settle(): Promise<void> {
  await (await fetch('/sesamy/auth/userinfo')).text();
}

/** Returns the requests of scripts, without navigations. */
function scriptRequests(): Request[] {
  return app.browser.sent.filter(({ headers }) => headers.get('sec-fetch-dest') === 'empty');
}

describe('the page', () => {
  test('with a token handler the page sends requests to its own origin only', async () => {
    const page = await app.logIn();
    app.pass(4000);
    await app.callApi(page);
    await page.logout();
    expect(new Set(scriptRequests().map(({ url }) => new URL(url).origin))).toEqual(
      new Set([APP_ORIGIN]),
    );
    expect(app.browser.frames.urls).toEqual([]);
  });

  test('with a token handler the page never holds a token', async () => {
    const posted = listenToPages();
    const page = await app.logIn();
    app.pass(4000);
    await app.callApi(page);
    expect(await everythingStored()).not.toMatch(TOKEN);
    expect(JSON.stringify(page.getSnapshot())).not.toMatch(TOKEN);
    expect(posted()).not.toMatch(TOKEN);
  });

  test('with a token handler the page never holds a code, state or verifier of the login', async () => {
    const page = app.createPage();
    page.loginWithRedirect().catch(() => {});
    const url = await app.browser.nextNavigation();
    expect([...new URL(url, APP_ORIGIN).searchParams.keys()]).toEqual(['returnTo']);
    expect(await everythingStored()).not.toMatch(/verifier|nonce/);
    const landed = new URL(await app.browser.go(url, { user: 'ada' }));
    expect(landed.searchParams.get('code')).toBe('');
  });

  test('getAccessToken rejects with a token handler, and names session.fetch instead', async () => {
    const page = await app.logIn();
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'invalid_configuration',
      message: expect.stringContaining('session.fetch'),
    });
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test("apiUrl is on the page's own origin with a token handler", () => {
    expect(app.createPage().apiUrl).toBe('/sesamy/api');
  });
});

describe('a login', () => {
  test("a login starts at the token handler with the login's options", async () => {
    const page = app.createPage({ vendorId: 'tidewaiter', authPath: '/auth' });
    page
      .loginWithRedirect({
        loginHint: 'ada@example.com',
        screenHint: 'signup',
        prompt: 'login',
        uiLocales: 'sv en',
        maxAgeSeconds: 60,
        acrValues: 'mfa',
        organization: 'org_1',
        connection: 'email',
      })
      .catch(() => {});
    const url = new URL(await app.browser.nextNavigation(), APP_ORIGIN);
    expect(url.origin + url.pathname).toBe(`${APP_ORIGIN}/auth/tidewaiter/login`);
    const { returnTo = '', ...others } = Object.fromEntries(url.searchParams);
    expect(new URL(returnTo).origin).toBe(APP_ORIGIN);
    expect(others).toEqual({
      login_hint: 'ada@example.com',
      screen_hint: 'signup',
      prompt: 'login',
      ui_locales: 'sv en',
      max_age: '60',
      acr_values: 'mfa',
      organization: 'org_1',
      connection: 'email',
    });
  });

  test("a login uses the adapter's returnToParam", async () => {
    const page = app.createPage({ tokenHandler: { returnToParam: 'return_url' } });
    page.loginWithRedirect().catch(() => {});
    const url = new URL(await app.browser.nextNavigation(), APP_ORIGIN);
    expect([...url.searchParams.keys()]).toEqual(['return_url']);
  });
});

describe('a visitor without the hint cookie', () => {
  test('a visitor without the hint cookie causes no request', async () => {
    await app.createPage().start();
    expect(app.browser.requests).toEqual([]);
  });

  test('a page without the hint cookie is signed out despite a remembered user', async () => {
    await app.logIn();
    document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
    const before = app.browser.requests.length;
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
    expect(app.browser.requests).toHaveLength(before);
  });

  test('an open page without the hint cookie signs out when it becomes visible', async () => {
    const page = await app.logIn();
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await ended).toMatchObject({ status: 'unauthenticated' });
  });
});

describe('a reload', () => {
  test('a reload requests userinfo without delaying the first render', async () => {
    await app.logIn();
    app.server.control.faults.add({ endpoint: 'token-handler', hang: true });
    const before = app.browser.requests.length;
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(app.browser.requests.slice(before)).toEqual([userinfo]);
  });

  test('a page that becomes visible repeatedly requests userinfo once', async () => {
    const page = await app.logIn();
    app.pass(60);
    const asked = (): number =>
      app.browser.requests.filter((request) => request.endsWith('/userinfo')).length;
    const before = asked();
    const unsubscribe = page.subscribe(() => {});
    for (let look = 0; look < 5; look += 1) {
      document.dispatchEvent(new Event('visibilitychange'));
      await settle();
    }
    unsubscribe();
    // The page's one, and those of this test.
    expect(asked() - before).toBe(1 + 5);
  });

  test('a page signs out when the handler has no session', async () => {
    await app.logIn();
    app.browser.cookies.clear();
    document.cookie = 'sesamy_is_authenticated=true; Path=/';
    const page = app.createPage();
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    await page.start();
    expect(await ended).toMatchObject({ status: 'unauthenticated' });
  });

  test.each([
    ['is down', { status: 503 }],
    ['responds with something else', { status: 200, body: '<html>Log in to this Wi-Fi</html>' }],
    ['is unreachable', { reset: true }],
  ])('a page stays signed in when the handler %s', async (_how, fault) => {
    await app.logIn();
    app.server.control.faults.add({ endpoint: 'token-handler', ...fault });
    const page = app.createPage();
    await page.start();
    await app.callApi(page);
    expect(page.getSnapshot().status).toBe('authenticated');
  });
});

describe('session.fetch', () => {
  test('session.fetch sends cookies and the CSRF header, and no token', async () => {
    const page = await app.logIn();
    await page.fetch(profileUrl(page), { method: 'PATCH', body: '{}' });
    const request = scriptRequests().at(-1);
    expect(request?.headers.get('x-sesamy-csrf')).toBe('1');
    expect(request?.headers.get('authorization')).toBeNull();
    expect(request?.headers.get('cookie')).toContain('__Host-rt=');
  });

  test('session.fetch sends no request without a signed-in user', async () => {
    const page = app.createPage();
    expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
      code: 'login_required',
    });
    expect(scriptRequests()).toEqual([]);
  });

  test('session.fetch detects that the session has ended', async () => {
    const page = await app.logIn();
    document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
    await rejectionOf(page.fetch(profileUrl(page)));
    expect(page.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test("session.fetch uses the adapter's csrfHeader", async () => {
    const options = { tokenHandler: { csrfHeader: 'X-Own-Proof' } };
    const page = await app.logIn({ options });
    await page.fetch(profileUrl(page));
    expect(scriptRequests().at(-1)?.headers.get('x-own-proof')).toBe('1');
    expect(scriptRequests().at(-1)?.headers.has('x-sesamy-csrf')).toBe(false);
  });

  test('session.fetch sends neither cookies nor the CSRF header to another allowed origin', async () => {
    const backend = 'https://backend.publisher.test';
    const page = await app.logIn({ options: { allowedOrigins: [backend] } });
    await page.fetch(`${backend}/comments`);
    const { url, headers } = scriptRequests().at(-1) ?? new Request(APP_ORIGIN);
    expect(url).toBe(`${backend}/comments`);
    expect(headers.has('x-sesamy-csrf')).toBe(false);
    expect(headers.has('cookie')).toBe(false);
    expect(headers.has('authorization')).toBe(false);
  });

  test.each(['https://evil.test/', '//evil.test/', 'https://api.sesamy.com/client/v1/profile'])(
    'session.fetch sends nothing to %s',
    async (url) => {
      const page = await app.logIn();
      const before = app.browser.requests.length;
      expect(await rejectionOf(page.fetch(new URL(url, APP_ORIGIN)))).toMatchObject({
        code: 'invalid_configuration',
      });
      expect(app.browser.requests).toHaveLength(before);
    },
  );
});

describe('a logout', () => {
  test('a logout sends a POST with the CSRF header to the handler', async () => {
    const page = await app.logIn();
    await page.logout();
    const request = scriptRequests().find(({ method }) => method === 'POST');
    expect(request?.url).toBe(`${APP_ORIGIN}/sesamy/auth/logout`);
    expect(request?.headers.get('x-sesamy-csrf')).toBe('1');
  });

  test('a logout only redirects with logoutMethod GET', async () => {
    const page = await app.logIn({ options: { tokenHandler: { logoutMethod: 'GET' } } });
    await page.logout();
    expect(scriptRequests().filter(({ method }) => method === 'POST')).toEqual([]);
    const url = new URL(await app.browser.nextNavigation(), APP_ORIGIN);
    expect(url.pathname).toBe('/sesamy/auth/logout');
    await app.browser.go(url.href);
    expect(app.browser.cookies.list().map(({ name }) => name)).not.toContain('__Host-rt');
  });

  test.each(['token-handler', 'auto'] as const)(
    'a logout that only redirects leaves nothing pending in the mode %s',
    async (mode) => {
      const options = { mode, tokenHandler: { logoutMethod: 'GET' } } as const;
      const page = await app.logIn({ options });
      await page.logout();
      const markers = Object.values(localStorage).filter((value) => /^"\w+"$/.test(value));
      expect(markers).toEqual([]);
    },
  );

  test('a response in progress does not undo a logout, in this tab or another', async () => {
    const page = await app.logIn();
    const release = app.browser.hold('/sesamy/auth/userinfo');
    const answered = app.server.control.requests.waitFor({ path: '/auth/userinfo' });
    const other = app.createPage();
    await other.start();
    await answered;
    const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
    const unsubscribe = other.subscribe(() => {});
    await page.logout();
    await ended;
    release();
    await settle();
    unsubscribe();
    expect(other.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
    expect(await everythingStored()).not.toContain('ada@example.com');
  });

  test("a logout removes the handler's cookies", async () => {
    const page = await app.logIn();
    await page.logout();
    await app.browser.go(await app.browser.nextNavigation());
    const left = app.browser.cookies.list().map(({ name }) => name);
    expect(left).not.toContain('at');
    expect(left).not.toContain('__Host-rt');
    expect(left).not.toContain('sesamy_is_authenticated');
  });
});
