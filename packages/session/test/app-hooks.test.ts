import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SessionOptions } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { autoTokenHandler } from './support/modes/auto.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

/** Tests what an app replaces: the way to send requests, and the way to navigate. */
let app: TestApp;

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
  ['auto', autoTokenHandler],
])('the options of an app in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('the option fetch sends every request of a login, a call, a renewal and a logout', async () => {
    const platform = vi.fn<typeof fetch>(globalThis.fetch);
    const own = vi.fn<typeof fetch>((input, init) => platform(input, init));
    vi.stubGlobal('fetch', () => Promise.reject(new Error('not by the platform')));
    const page = await app.logIn({ options: { fetch: own, verifySignature: true } });
    expect(await app.callApi(page)).toBe(200);
    await page.fetchUserInfo().catch(() => {});
    await page.renew();
    void page.logout();
    await app.browser.nextNavigation();
    expect(own.mock.calls.length).toBeGreaterThan(2);
    expect(page.getSnapshot().status).toBe('logging-out');
  });

  test('navigate.toServer opens the login in place of the page', async () => {
    const toServer = vi.fn<(url: string) => void>();
    const page = app.createPage({ navigate: { toServer } });
    page.loginWithRedirect().catch(() => {});
    await vi.waitFor(() => expect(toServer).toHaveBeenCalledOnce());
    expect(location.assign).not.toHaveBeenCalled();
    expect(toServer.mock.lastCall?.[0]).toMatch(/authorize\?|\/login\?/);
  });

  /** A page whose login has opened the system's browser, as often as `opened` says. */
  async function openSystemBrowser() {
    const opened = vi.fn<(url: string) => void>();
    const page = app.createPage({ navigate: { toServer: opened } });
    const unsubscribe = page.subscribe(() => {});
    onTestFinished(unsubscribe);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const login = page.loginWithRedirect();
    login.catch(() => {});
    await vi.waitFor(() => expect(opened).toHaveBeenCalledOnce());
    await vi.advanceTimersByTimeAsync(0);
    return { page, login, opened };
  }

  test("a login in the system's browser stays pending for as long as that is open", async () => {
    const { page } = await openSystemBrowser();
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(page.getSnapshot()).toEqual({ status: 'authenticating', via: 'redirect' });
  });

  test("a login in the system's browser is completed by the callback that arrives in this page, and another one can begin", async () => {
    const { page, opened } = await openSystemBrowser();
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    const signedIn = stateOf(page, ({ status }) => status === 'authenticated');
    await app.browser.go(String(opened.mock.lastCall?.[0]), { user: 'ada' });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await signedIn).toMatchObject({ user: { sub: 'email|ada' }, error: null });
    page.loginWithRedirect().catch(() => {});
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2));
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated', error: null });
  });

  test("a login in the system's browser rejects with the error of a callback that arrives in this page", async () => {
    const { page, login, opened } = await openSystemBrowser();
    vi.useRealTimers();
    const failures = vi.fn<() => void>();
    page.on('login-failed', failures);
    await app.browser.go(String(opened.mock.lastCall?.[0]), { action: 'cancel' });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await rejectionOf(login)).toMatchObject({ code: 'authorization_failed' });
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'authorization_failed' } });
    expect(failures).toHaveBeenCalledOnce();
  });

  test("a guard opens the system's browser again when the session ends that began elsewhere while it was open", async () => {
    const { page, opened } = await openSystemBrowser();
    vi.useRealTimers();
    const signedIn = stateOf(page, ({ status }) => status === 'authenticated');
    await app.logIn();
    await signedIn;
    mode.endSession(app.server);
    app.pass(4000);
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    await app.callApi(page).catch(() => {});
    await ended;
    page.loginWithRedirect({ isAutomatic: true }).catch(() => {});
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2), { timeout: 3000 });
  });

  test("cancelLogin ends a login in the system's browser", async () => {
    const { page, login } = await openSystemBrowser();
    page.cancelLogin();
    expect(await rejectionOf(login)).toMatchObject({ code: 'aborted' });
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'aborted' },
    });
  });

  test("a login while the system's browser is open opens it again, also with the same options", async () => {
    const { page, opened } = await openSystemBrowser();
    page.loginWithRedirect().catch(() => {});
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2));
    const [first, second] = opened.mock.calls.map(([url]) => url);
    expect(first).not.toBe(second);
    expect(page.getSnapshot()).toEqual({ status: 'authenticating', via: 'redirect' });
  });

  test('navigate.toServer opens the logout in place of the page', async () => {
    const toServer = vi.fn<(url: string) => void>();
    await app.logIn();
    const page = app.createPage({ navigate: { toServer } });
    void page.logout();
    await vi.waitFor(() => expect(toServer).toHaveBeenCalledOnce());
    expect(toServer.mock.lastCall?.[0]).toContain('/logout?');
    expect(location.assign).toHaveBeenCalledOnce();
  });

  test('navigate.toPage shows the page that the login returns to', async () => {
    const toPage = vi.fn<(path: string) => void>();
    await app.logIn({ returnTo: '/articles/tides', options: { navigate: { toPage } } });
    expect(toPage).toHaveBeenCalledExactlyOnceWith('/articles/tides');
  });

  test('a login sends its own authorization parameters, which override those of every login', async () => {
    const page = app.createPage({ authorizationParams: { vendor_id: 'a', theme: 'dark' } });
    page.loginWithRedirect({ authorizationParams: { vendor_id: 'b' } }).catch(() => {});
    const { searchParams } = new URL(await app.browser.nextNavigation());
    expect(searchParams.getAll('vendor_id')).toEqual(['b']);
    expect(searchParams.get('theme')).toBe('dark');
  });

  test('a login requests its scope in addition to that of the session', async () => {
    const page = app.createPage();
    page.loginWithRedirect({ scope: 'payments email' }).catch(() => {});
    const { searchParams } = new URL(await app.browser.nextNavigation());
    const scope = searchParams.get('scope')?.split(' ') ?? [];
    expect(scope).toEqual(expect.arrayContaining(['openid', 'email', 'payments']));
    expect(new Set(scope).size).toBe(scope.length);
  });

  test('a login with an empty scope requests that of the session', async () => {
    const page = app.createPage({ scope: 'payments' });
    page.loginWithRedirect({ scope: '' }).catch(() => {});
    const { searchParams } = new URL(await app.browser.nextNavigation());
    expect(searchParams.get('scope')).not.toBe('');
  });

  test.each(['state', 'redirect_uri', 'audience'])(
    'a login refuses the authorization parameter %s, which the kit sets',
    async (name) => {
      const page = app.createPage();
      const login = page.loginWithRedirect({ authorizationParams: { [name]: 'x' } });
      expect(await rejectionOf(login)).toMatchObject({
        code: 'invalid_configuration',
        message: expect.stringContaining(`authorizationParams.${name}`),
      });
    },
  );
});

test.each<[string, unknown]>([
  ['fetch', 'https://api.sesamy.com'],
  ['navigate', 'replace'],
  ['navigate', { toPage: '/home' }],
  ['navigate', { toServer: true }],
])('a wrong option %s is invalid_configuration', (name, value) => {
  app = openApp(refreshToken);
  const options: Partial<SessionOptions> = Object.fromEntries([[name, value]]);
  expect(() => app.createPage(options)).toThrow(
    expect.objectContaining({
      code: 'invalid_configuration',
      message: expect.stringContaining(name),
    }),
  );
});
