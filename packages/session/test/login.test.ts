import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSesamySession, type Session, type SessionOptions } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';
import { removeChunks } from './support/chunks.js';

const origin = 'https://app.publisher.test';
const tokenUrl = 'POST https://token.sesamy.com/oauth/token';
const foreignCallback =
  '/?code=abc&state=00;sesamy-kit:publisher-web@https://token.sesamy.com/;redirect';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [`${origin}/`] }],
  });
  browser = openBrowser(server);
});

function createPage(options: Partial<SessionOptions> = {}): Session {
  return createSesamySession({ clientId: 'publisher-web', ...options });
}

/** Opens the callback of another login in a page that cannot load the code of logins. */
async function openForeignCallbackWithoutCode(): Promise<void> {
  browser.visit(foreignCallback);
  const restore = removeChunks('login');
  const page = createPage();
  await page.start();
  expect(page.getSnapshot()).toMatchObject({ error: { code: 'chunk_load_failed' } });
  restore();
}

async function beginLogin(page: Session): Promise<URL> {
  page.loginWithRedirect().catch(() => {});
  return new URL(await browser.nextNavigation());
}

describe('a session without a login', () => {
  test('a session without a login is initializing, then unauthenticated', async () => {
    const page = createPage();
    expect(page.getSnapshot()).toEqual({ status: 'initializing' });
    await page.start();
    expect(page.getSnapshot()).toEqual({ status: 'unauthenticated', reason: 'none', error: null });
    expect(browser.requests).toEqual([]);
  });

  test('getAccessToken rejects with login_required without a login', async () => {
    const error = await rejectionOf(createPage().getAccessToken());
    expect(error).toMatchObject({ name: 'AuthError', code: 'login_required' });
  });
});

describe('the authorization request', () => {
  test('the authorization request has PKCE, state and nonce, and takes no other request', async () => {
    const url = await beginLogin(createPage());
    expect(url.origin + url.pathname).toBe('https://token.sesamy.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'publisher-web',
      redirect_uri: `${origin}/`,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      state: expect.stringMatching(
        /^[0-9a-f]{32};sesamy-kit:publisher-web@https:\/\/token\.sesamy\.com\/;redirect$/,
      ),
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(browser.requests).toEqual([]);
  });

  test("the authorization request carries the login's options by their wire names", async () => {
    const page = createPage({ audience: 'urn:sesamy', authorizationParams: { vendor_id: 'tw' } });
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
    const url = new URL(await browser.nextNavigation());
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      audience: 'urn:sesamy',
      vendor_id: 'tw',
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

  test("a login's own options override authorizationParams", async () => {
    const page = createPage({ authorizationParams: { acr_values: 'pwd', vendor_id: 'tw' } });
    page.loginWithRedirect({ acrValues: 'mfa' }).catch(() => {});
    const { searchParams } = new URL(await browser.nextNavigation());
    expect(searchParams.getAll('acr_values')).toEqual(['mfa']);
    expect(searchParams.get('vendor_id')).toBe('tw');
  });

  test('a login can be started again if the page did not unload', async () => {
    const page = createPage();
    await page.start();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const left = rejectionOf(page.loginWithRedirect());
    await browser.nextNavigation();
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    expect(await left).toMatchObject({ code: 'aborted' });
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
    await beginLogin(page);
    expect(location.assign).toHaveBeenCalledTimes(2);
  });

  test('two clicks start one login', async () => {
    const page = createPage();
    page.loginWithRedirect().catch(() => {});
    page.loginWithRedirect().catch(() => {});
    await browser.nextNavigation();
    expect(location.assign).toHaveBeenCalledOnce();
  });

  test('a login that is about to redirect is authenticating', async () => {
    const page = createPage();
    await beginLogin(page);
    expect(page.getSnapshot()).toEqual({ status: 'authenticating', via: 'redirect' });
  });
});

describe('a login callback', () => {
  test('a callback signs the user in with exactly one request', async () => {
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { sub: 'email|ada', email: 'ada@example.com' },
    });
    expect(browser.requests).toEqual([tokenUrl]);
  });

  test('a callback signs the user in even if the transaction of its login cannot be removed', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
      name?: IDBValidKey,
    ) {
      if (typeof name === 'string' && name.endsWith('/logins'))
        throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value, name);
    });
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated', error: null });
  });

  test('a callback returns to the page where the login started and cleans the URL', async () => {
    browser.visit('/articles/tides?from=front#sources');
    await logIn(server, browser, createPage);
    expect(location.href).toBe(`${origin}/articles/tides?from=front#sources`);
  });

  test('a callback notifies routers by popstate', async () => {
    browser.visit('/articles/tides');
    const seen: string[] = [];
    const listen = (): void => void seen.push(location.pathname);
    window.addEventListener('popstate', listen);
    await logIn(server, browser, createPage);
    window.removeEventListener('popstate', listen);
    expect(seen).toEqual(['/articles/tides']);
  });

  test('a callback returns to the front page if returnTo is on another origin', async () => {
    createPage()
      .loginWithRedirect({ returnTo: 'https://evil.test/' })
      .catch(() => {});
    const authorizationUrl = await browser.nextNavigation();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    await createPage().start();
    expect(location.href).toBe(`${origin}/`);
  });

  test('a callback is completed once, however many pages open it', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    const pages = [createPage(), createPage(), createPage()];
    await Promise.all(pages.map((page) => page.start()));
    expect(browser.requests).toEqual([tokenUrl]);
    expect(pages.map((page) => page.getSnapshot().status)).toEqual(Array(3).fill('authenticated'));
  });

  test('a callback is completed once, however often the session starts', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    const page = createPage();
    await Promise.all([page.start(), page.start()]);
    expect(browser.requests).toEqual([tokenUrl]);
  });

  test('a session is initializing until its callback is completed', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    expect(createPage().getSnapshot()).toEqual({ status: 'initializing' });
  });
});

describe('a login that the server refuses', () => {
  test('a refused login sets its error, cleans the URL and starts no other login', async () => {
    const state = (await beginLogin(createPage())).searchParams.get('state');
    browser.visit(`/?error=access_denied&error_description=No&state=${state}`);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'authorization_failed', oauthError: 'access_denied' },
    });
    expect(location.href).toBe(`${origin}/`);
    expect(location.assign).toHaveBeenCalledOnce();
  });

  test('a refused login keeps the earlier session', async () => {
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot().status).toBe('authenticated');
    const again = createPage();
    const state = (await beginLogin(again)).searchParams.get('state');
    browser.visit(`/?error=access_denied&state=${state}`);
    const last = createPage();
    await last.start();
    expect(last.getSnapshot().status).toBe('authenticated');
  });
});

describe('a stale or foreign callback', () => {
  test("a callback without the kit's tag in its state stays in the URL", async () => {
    browser.visit('/?code=abc&state=foreign');
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(location.search).toBe('?code=abc&state=foreign');
    expect(browser.requests).toEqual([]);
  });

  test("a forged error callback with the kit's tag sets no error", async () => {
    browser.visit(
      '/?error=access_denied&state=00;sesamy-kit:publisher-web@https://token.sesamy.com/;redirect',
    );
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(location.search).toBe('');
    expect(location.assign).not.toHaveBeenCalled();
  });

  test('a stale callback restores the existing session without an error', async () => {
    const authorizationUrl = await beginLogin(createPage());
    const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
    browser.visit(callback);
    await createPage().start();
    browser.visit(callback);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(location.search).toBe('');
    expect(browser.requests).toEqual([tokenUrl]);
  });

  test('a stale callback starts the login again, once, if this tab waits for it', async () => {
    const authorizationUrl = await beginLogin(createPage());
    const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
    browser.loseStorage();
    browser.visit(callback);
    await createPage().start();
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('state')).toMatch(/;retry$/);
    browser.loseStorage();
    browser.visit(await server.control.signIn({ authorizationUrl: url, user: 'ada' }));
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(location.replace).toHaveBeenCalledOnce();
  });

  test('a stale callback of another login does not end the login that this tab waits for', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(foreignCallback);
    await createPage().start();
    browser.loseStorage();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    await createPage().start();
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('state')).toMatch(/;retry$/);
  });

  test('a stale callback of another login does not end one that waits for the network', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    browser.setOnline(false);
    await createPage().start();
    browser.visit(foreignCallback);
    await createPage().start();
    browser.setOnline(true);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
  });

  test('a callback of another login that arrives while code is missing does not end the login that this tab waits for', async () => {
    const authorizationUrl = await beginLogin(createPage());
    await openForeignCallbackWithoutCode();
    // Completes the callback of the other login, which is stale.
    await createPage().start();
    browser.loseStorage();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    await createPage().start();
    const url = new URL(await browser.nextNavigation());
    expect(url.searchParams.get('state')).toMatch(/;retry$/);
  });

  test('a callback of another login that arrives while code is missing does not displace one that waits for the network', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    browser.setOnline(false);
    await createPage().start();
    await openForeignCallbackWithoutCode();
    browser.setOnline(true);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
  });

  test('the callback that this tab waits for displaces one of another login that waits for code', async () => {
    const authorizationUrl = await beginLogin(createPage());
    await openForeignCallbackWithoutCode();
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    browser.setOnline(false);
    await createPage().start();
    browser.setOnline(true);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
  });

  test("a stale callback beside which the login page was open in the system's browser opens it again, once, and then rejects", async () => {
    const opened = vi.fn<(url: string) => void>();
    const page = createPage();
    onTestFinished(page.subscribe(() => {}));
    const login = rejectionOf(
      page.loginWithRedirect({ loginHint: 'ada@example.com', openUrl: opened }),
    );
    for (const state of [/;redirect$/, /;retry$/]) {
      await vi.waitFor(() => expect(opened.mock.lastCall?.[0]).toMatch(/authorize/));
      const url = new URL(String(opened.mock.lastCall?.[0]));
      expect(url.searchParams.get('state')).toMatch(state);
      expect(url.searchParams.get('login_hint')).toBe('ada@example.com');
      browser.advanceClock(11 * 60);
      const callback = await server.control.signIn({ authorizationUrl: url, user: 'ada' });
      opened.mockClear();
      browser.visit(callback);
      document.dispatchEvent(new Event('visibilitychange'));
      await vi.waitFor(() => expect(location.search).toBe(''));
    }
    expect(await login).toMatchObject({ code: 'callback_rejected' });
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'callback_rejected' },
    });
    expect(opened).not.toHaveBeenCalled();
    expect(location.replace).not.toHaveBeenCalled();
  });

  test("a foreign callback does not end the login in the system's browser of a signed-in user", async () => {
    const page = await logIn(server, browser, createPage);
    onTestFinished(page.subscribe(() => {}));
    const opened = vi.fn<(url: string) => void>();
    const login = rejectionOf(page.loginWithRedirect({ maxAgeSeconds: 0, openUrl: opened }));
    await vi.waitFor(() => expect(opened).toHaveBeenCalledOnce());
    browser.visit(foreignCallback);
    const channel = new BroadcastChannel('sesamy-kit:publisher-web@https://token.sesamy.com/');
    onTestFinished(() => channel.close());
    const handled = new Promise((resolve) => channel.addEventListener('message', resolve));
    document.dispatchEvent(new Event('visibilitychange'));
    await handled;
    page.cancelLogin();
    expect(await login).toMatchObject({ code: 'aborted' });
  });

  test('a stale callback starts no login in a tab that has started none', async () => {
    browser.visit(foreignCallback);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(location.search).toBe('');
    expect(location.assign).not.toHaveBeenCalled();
    expect(location.replace).not.toHaveBeenCalled();
    expect(browser.requests).toEqual([]);
  });

  test('a stale callback starts no login while another login of this tab is in progress', async () => {
    await beginLogin(createPage());
    browser.visit(foreignCallback);
    await createPage().start();
    expect(location.assign).toHaveBeenCalledOnce();
    expect(location.replace).not.toHaveBeenCalled();
  });
});

describe('an invalid or interrupted callback', () => {
  test.each([
    ['a nonce of another login', { idToken: 'nonce-invalid' }],
    ['another audience', { idToken: 'aud-invalid' }],
    ['another issuer', { idToken: 'iss-invalid' }],
    ['an expired ID Token', { idToken: 'exp-past' }],
  ] as const)('an invalid callback is rejected and nothing is stored: %s', async (_name, fault) => {
    server.control.faults.add({ endpoint: 'token', ...fault });
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'callback_rejected' },
    });
    const reloaded = createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot().status).toBe('unauthenticated');
  });

  test('a callback with another iss is rejected before its code is exchanged', async () => {
    const authorizationUrl = await beginLogin(createPage());
    const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
    browser.visit(`${callback}&iss=https%3A%2F%2Fevil.test%2F`);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'callback_rejected' } });
    expect(browser.requests).toEqual([]);
  });

  test('a callback that failed without a network is completed at the next load', async () => {
    const url = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl: url.href, user: 'ada' }));
    browser.setOnline(false);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'network', retryable: true } });
    expect(location.search).toBe('');
    browser.setOnline(true);
    const next = createPage();
    await next.start();
    expect(next.getSnapshot()).toMatchObject({ status: 'authenticated', error: null });
  });

  test('a callback that failed without a network is completed when the network is back', async () => {
    const url = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl: url.href, user: 'ada' }));
    browser.setOnline(false);
    const page = createPage();
    onTestFinished(page.subscribe(() => {}));
    await page.start();
    browser.setOnline(true);
    window.dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(page.getSnapshot().status).toBe('authenticated'));
  });

  test("a callback's error can be dismissed", async () => {
    const url = await beginLogin(createPage());
    const state = url.searchParams.get('state');
    browser.visit(`/?error=access_denied&state=${state}`);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'authorization_failed' } });
    page.dismissError();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
  });

  test('a callback without a network sets a retryable error', async () => {
    const authorizationUrl = await beginLogin(createPage());
    browser.visit(await server.control.signIn({ authorizationUrl, user: 'ada' }));
    browser.setOnline(false);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'network', retryable: true } });
  });
});
