import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Session } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { removeChunks, stallChunks, type ChunkName } from './support/chunks.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

const everyChunk: readonly ChunkName[] = [
  'refresh-token',
  'sso-cookie',
  'token-handler',
  'login',
  'popup',
  'renewal',
  'silent',
];

let app: TestApp;

/** Opens a page, and waits until it is authenticated. */
async function openPage(): Promise<Session> {
  const page = app.createPage();
  onTestFinished(page.subscribe(() => {}));
  await page.start();
  return page;
}

async function statusOfNextPage(): Promise<string> {
  const page = app.createPage();
  await page.start();
  return page.getSnapshot().status;
}

function nextLogoutUrl(): Promise<string> {
  return vi.waitFor(() => {
    const url = String(vi.mocked(location.assign).mock.lastCall?.[0]);
    expect(url).toMatch(/\/logout\?/);
    return url;
  });
}

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test.each([
    ['gone', removeChunks],
    ['stalled', stallChunks],
  ])('a logout signs out every tab and redirects when the code is %s', async (_what, replace) => {
    await app.logIn();
    const other = await openPage();
    const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
    const restore = replace(...everyChunk);
    const page = app.createPage();
    page.start().catch(() => {});
    await page.logout();
    expect(page.getSnapshot()).toEqual({ status: 'logging-out' });
    await nextLogoutUrl();
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
    restore();
    expect(await rejectionOf(other.fetch(profileUrl(other)))).toMatchObject({
      code: 'login_required',
    });
    expect(await statusOfNextPage()).toBe('unauthenticated');
    expect(other.getSnapshot().status).toBe('unauthenticated');
    expect(Object.values(localStorage).join()).not.toContain('ada@example.com');
  });

  test('a logout ends a session that was started in a popup', async () => {
    const page = app.createPage();
    const loggedIn = page.loginWithPopup();
    await app.browser.go(await app.browser.popups.last().url, { user: 'ada' });
    await Promise.all([app.createPage().start(), loggedIn]);
    const restore = removeChunks(...everyChunk);
    await page.logout();
    await nextLogoutUrl();
    restore();
    app.browser.visit('/');
    expect(await statusOfNextPage()).toBe('unauthenticated');
    expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
      code: 'login_required',
    });
  });

  test('a logout that did not reach the server is sent again at the next load', async () => {
    await app.logIn();
    app.browser.setOnline(false);
    await app.createPage().logout();
    app.browser.setOnline(true);
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'logged-out' });
    expect(app.browser.requests.filter((request) => request.includes('logout'))).not.toEqual([]);
    const tokens = app.server.control.refreshTokens.list();
    expect(tokens.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
    // Once sent, it is no longer pending.
    const { length } = app.browser.requests;
    expect(await statusOfNextPage()).toBe('unauthenticated');
    expect(app.browser.requests).toHaveLength(length);
  });

  test('the first login after a logout that did not reach the server uses prompt=login, once', async () => {
    await app.logIn();
    app.browser.setOnline(false);
    await app.createPage().logout();
    await app.browser.nextNavigation();
    app.browser.setOnline(true);
    const promptOfLogin = async (): Promise<string | null> => {
      app
        .createPage()
        .loginWithRedirect()
        .catch(() => {});
      const url = await app.browser.nextNavigation();
      await app.browser.go(url, { user: 'grace' });
      return new URL(url, location.origin).searchParams.get('prompt');
    };
    expect(await promptOfLogin()).toBe('login');
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
    expect(await promptOfLogin()).toBeNull();
  });

  test('a signed-in page preloads the code that it will need', async () => {
    await app.logIn();
    const tasks: (() => void)[] = [];
    vi.stubGlobal('requestIdleCallback', (task: () => void) => tasks.push(task));
    onTestFinished(() => void vi.unstubAllGlobals());
    const page = await openPage();
    expect(page.getSnapshot().status).toBe('authenticated');
    tasks.forEach((task) => task());
    await vi.dynamicImportSettled();
    removeChunks('renewal', 'silent');
    app.pass(2 * 3600);
    expect(await app.callApi(page)).toBe(200);
  });
});

test.each([
  ['refresh-token', refreshToken],
  ['token-handler', tokenHandler],
])(
  'a page of a user who has never logged in needs no further code, in the mode %s',
  async (_name, mode) => {
    app = openApp(mode);
    removeChunks(...everyChunk);
    const page = await openPage();
    expect(page.getSnapshot()).toEqual({ status: 'unauthenticated', reason: 'none', error: null });
    await expect(page.getAccessToken()).rejects.toMatchObject({ code: 'chunk_load_failed' });
  },
);

describe('a refresh token', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  const liveTokens = (): number =>
    app.server.control.refreshTokens.list().filter(({ revokedAt }) => revokedAt === null).length;

  const revocations = (): string[] =>
    app.browser.requests.filter((request) => request.endsWith('/oauth/revoke'));

  test('a logout revokes the refresh token when no code can be loaded', async () => {
    await app.logIn();
    removeChunks(...everyChunk);
    await app.createPage().logout();
    expect(liveTokens()).toBe(0);
  });

  test('a logout whose refresh token was revoked leaves nothing in the browser, and no login with a prompt', async () => {
    await app.logIn();
    const restore = removeChunks(...everyChunk);
    await app.createPage().logout();
    expect(Object.keys(localStorage)).toEqual([]);
    restore();
    const { length } = revocations();
    expect(await statusOfNextPage()).toBe('unauthenticated');
    expect(revocations()).toHaveLength(length);
  });

  test('a refresh token whose logout did not reach the server is revoked after the next login', async () => {
    await app.logIn();
    app.browser.setOnline(false);
    await app.createPage().logout();
    // To a page that cannot be reached.
    await app.browser.nextNavigation();
    app.browser.setOnline(true);
    localStorage.clear();
    await app.logIn({ user: 'grace', prompt: 'login' });
    await vi.waitFor(() => expect(revocations().length).toBe(2));
    expect(liveTokens()).toBe(1);
  });

  test('a refresh token that another tab receives after the logout is revoked as well', async () => {
    await app.logIn();
    const other = await openPage();
    const release = app.browser.hold('/oauth/token');
    const asked = app.server.control.requests.waitFor({ grant: 'refresh_token' });
    const late = rejectionOf(other.getAccessToken({ minValiditySeconds: 5000 }));
    await asked;
    await app.createPage().logout();
    release();
    expect(await late).toMatchObject({ code: 'login_required' });
    await vi.waitFor(() => expect(revocations().length).toBe(2));
    expect(liveTokens()).toBe(0);
    expect(await statusOfNextPage()).toBe('unauthenticated');
  });

  test('a refresh token in memory is revoked after a logout in another tab', async () => {
    const page = await app.logIn({ options: { storage: 'memory' } });
    onTestFinished(page.subscribe(() => {}));
    await app.createPage({ storage: 'memory' }).logout();
    await vi.waitFor(() => expect(liveTokens()).toBe(0));
  });
});

describe('a page whose code a deploy has removed', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
    vi.spyOn(location, 'reload').mockImplementation(() => {});
  });

  test('getAccessToken rejects with chunk_load_failed without its chunk, and renews when the chunk is back', async () => {
    vi.stubGlobal('requestIdleCallback', () => {});
    onTestFinished(() => void vi.unstubAllGlobals());
    await app.logIn();
    const page = await openPage();
    const restore = removeChunks('renewal');
    app.pass(2 * 3600);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'chunk_load_failed',
      retryable: false,
    });
    expect(page.getSnapshot().status).toBe('authenticated');
    restore();
    expect(await page.getAccessToken()).toEqual(expect.any(String));
  });

  test.each<[string, ChunkName]>([
    ['mode', 'refresh-token'],
    ['login', 'login'],
  ])('a login without the chunk of the %s reloads once and continues', async (_, chunk) => {
    const restore = removeChunks(chunk);
    const page = app.createPage();
    page
      .loginWithRedirect({
        loginHint: 'ada@example.com',
        authorizationParams: { campaign: 'spring' },
      })
      .catch(() => {});
    await vi.waitFor(() => expect(location.reload).toHaveBeenCalledOnce());
    expect(page.getSnapshot()).not.toHaveProperty('error.code', 'chunk_load_failed');
    restore();
    await app.createPage().start();
    const url = new URL(await app.browser.nextNavigation());
    expect(url.pathname).toBe('/authorize');
    expect(url.searchParams.get('login_hint')).toBe('ada@example.com');
    expect(url.searchParams.get('campaign')).toBe('spring');
    await app.createPage().start();
    expect(location.assign).toHaveBeenCalledTimes(1);
  });

  test('cancelLogin closes the window of a login by popup whose code is still loading', async () => {
    const restore = stallChunks('refresh-token');
    const page = app.createPage();
    const failing = rejectionOf(page.loginWithPopup());
    page.cancelLogin();
    expect(app.browser.popups.last().isClosed).toBe(true);
    restore();
    await failing;
  });

  test('a login by popup without its chunk reports one failure', async () => {
    removeChunks('popup');
    const page = app.createPage();
    await page.start();
    const failed = vi.fn<() => void>();
    page.on('login-failed', failed);
    expect(await rejectionOf(page.loginWithPopup())).toMatchObject({ code: 'chunk_load_failed' });
    expect(page.getSnapshot().error).toMatchObject({ code: 'chunk_load_failed' });
    expect(failed).toHaveBeenCalledOnce();
  });

  test('a login does not reload twice, and rejects with chunk_load_failed', async () => {
    removeChunks('login');
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await vi.waitFor(() => expect(location.reload).toHaveBeenCalledOnce());
    const page = app.createPage();
    const failed = stateOf(
      page,
      (state) => state.status === 'unauthenticated' && state.error !== null,
    );
    await page.start();
    expect(await failed).toMatchObject({ error: { code: 'chunk_load_failed' } });
    expect(await rejectionOf(page.loginWithRedirect())).toMatchObject({
      code: 'chunk_load_failed',
    });
    expect(location.reload).toHaveBeenCalledOnce();
  });

  test('a login does not reload if the browser cannot store that it did', async () => {
    removeChunks('login');
    vi.spyOn(globalThis, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const rejected = rejectionOf(app.createPage().loginWithRedirect());
    expect(await rejected).toMatchObject({ code: 'chunk_load_failed' });
    expect(location.reload).not.toHaveBeenCalled();
  });

  test('a preloaded login works after a deploy has removed its code', async () => {
    const page = app.createPage();
    await page.start();
    await page.preloadLogin();
    removeChunks('refresh-token');
    page.loginWithRedirect().catch(() => {});
    expect(await app.browser.nextNavigation()).toContain('/authorize?');
    expect(location.reload).not.toHaveBeenCalled();
  });

  test('preloadLogin never rejects', async () => {
    removeChunks(...everyChunk);
    await expect(app.createPage().preloadLogin()).resolves.toBeUndefined();
  });
});
