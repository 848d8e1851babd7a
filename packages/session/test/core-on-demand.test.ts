import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createSesamySession, isAuthError, type Session } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { removeChunks, stallChunks, type ChunkName } from './support/chunks.js';
import { replace } from './support/faults.js';
import type { ModeSetUp } from './support/modes/mode.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { tokenHandler } from './support/modes/token-handler.js';

const { navigator: navigatorOfTests } = globalThis;

/** The chunks that the core comes with. */
const core: readonly ChunkName[] = ['refresh-token', 'sso-cookie', 'token-handler'];

function follow(page: Session): Session {
  onTestFinished(page.subscribe(() => {}));
  return page;
}

async function openPage(app: TestApp): Promise<Session> {
  const page = follow(app.createPage());
  await page.start();
  return page;
}

const marker = (): string =>
  Object.values(localStorage).find((value) => /^"\w+"$/.test(value)) ?? 'none';

describe('a logout before the core is loaded', () => {
  test.each([
    ['refresh-token', refreshToken],
    ['token-handler', tokenHandler],
  ] as const)(
    'a logout signs out at once, and survives a reload while the code stalls, in the mode %s',
    async (_mode, setUp: ModeSetUp) => {
      const app = openApp(setUp);
      await app.logIn();
      const restore = stallChunks(...core);
      const page = app.createPage();
      expect(page.getSnapshot().status).toBe('authenticated');
      const logout = page.logout();
      expect(page.getSnapshot().status).toBe('logging-out');
      restore();
      app.browser.visit('/');
      const next = app.createPage();
      expect(next.getSnapshot().status).toBe('initializing');
      await next.start();
      expect(next.getSnapshot().status).toBe('unauthenticated');
      await logout;
    },
  );

  test('a logout without the code drops a callback that waits for the network', async () => {
    const app = openApp(refreshToken);
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
    app.browser.setOnline(false);
    await app.createPage().start();
    app.browser.setOnline(true);
    const restore = removeChunks(...core);
    await app.createPage().logout();
    restore();
    const next = app.createPage();
    await next.start();
    expect(next.getSnapshot().status).toBe('unauthenticated');
  });

  test('a page that has not left 15 s after a logout without the code is signed out', async () => {
    const app = openApp(refreshToken);
    await app.logIn();
    removeChunks(...core);
    const page = app.createPage();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await page.logout();
    vi.advanceTimersByTime(14_999);
    expect(page.getSnapshot().status).toBe('logging-out');
    vi.advanceTimersByTime(1);
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'logged-out' });
  });

  test('a logout without the code removes the hint cookie with logoutMethod GET, and leaves no marker', async () => {
    const app = openApp(tokenHandler);
    const options = { tokenHandler: { logoutMethod: 'GET' } } as const;
    await app.logIn({ options });
    removeChunks(...core);
    await app.createPage(options).logout();
    expect(document.cookie).not.toContain('sesamyIsAuthenticated');
    expect(marker()).toBe('none');
  });

  test('a logout without the code leaves no marker where the tokens were in memory', async () => {
    const app = openApp(refreshToken);
    await app.logIn({ options: { storage: 'memory' } });
    removeChunks(...core);
    await app.createPage({ storage: 'memory' }).logout();
    expect(marker()).toBe('none');
  });

  test('a logout without the code reaches the other tabs when IndexedDB does not respond', async () => {
    const app = openApp(refreshToken);
    await app.logIn();
    const other = await openPage(app);
    const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
    removeChunks(...core);
    replace(globalThis, 'indexedDB', { value: { open: () => new EventTarget() } });
    await app.createPage().logout();
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
  });
});

describe('a page whose core is not loaded yet', () => {
  test('a logout in another tab ends the initial state, so that no guard starts a login', async () => {
    const app = openApp(refreshToken);
    await app.logIn();
    const other = await openPage(app);
    localStorage.clear();
    stallChunks(...core);
    const page = follow(app.createPage());
    expect(page.getSnapshot().status).toBe('initializing');
    page.start().catch(() => {});
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    await other.logout();
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a page from the back/forward cache is signed out after a logout in another tab', async () => {
    const app = openApp(refreshToken);
    await app.logIn();
    const other = await openPage(app);
    removeChunks(...core);
    const page = follow(app.createPage());
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    window.dispatchEvent(new Event('pagehide'));
    await other.logout();
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
    expect(page.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a caller that aborts does not wait for the code', async () => {
    const app = openApp(refreshToken);
    await app.logIn();
    const restore = stallChunks(...core);
    const page = app.createPage();
    const stop = new AbortController();
    const { signal } = stop;
    const calls = [
      page.getAccessToken({ signal }),
      page.fetch(profileUrl(page), { signal }),
      page.fetchJson(profileUrl(page), { signal }),
      page.fetchUserInfo({ signal }),
    ].map(rejectionOf);
    stop.abort();
    for (const call of calls) expect(await call).toMatchObject({ code: 'aborted' });
    restore();
    await page.start();
  });
});

describe('a login before the core is loaded', () => {
  test('a login that was reloaded in vain does not start at a later load', async () => {
    const app = openApp(refreshToken);
    vi.spyOn(location, 'reload').mockImplementation(() => {});
    const restore = removeChunks(...core);
    app
      .createPage()
      .loginWithRedirect()
      .catch(() => {});
    await vi.waitFor(() => expect(location.reload).toHaveBeenCalledOnce());
    const reloaded = app.createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot()).toMatchObject({ error: { code: 'chunk_load_failed' } });
    restore();
    const later = app.createPage();
    await later.start();
    // A login would have started before this call.
    await rejectionOf(later.getAccessToken());
    expect(later.getSnapshot()).toEqual({ status: 'unauthenticated', reason: 'none', error: null });
  });

  test('a popup closes when its code is missing, and the next click opens another', async () => {
    const app = openApp(refreshToken);
    const restore = removeChunks(...core, 'popup');
    const page = app.createPage();
    expect(await rejectionOf(page.loginWithPopup())).toMatchObject({ code: 'chunk_load_failed' });
    expect(app.browser.popups.last().isClosed).toBe(true);
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'chunk_load_failed' } });
    restore();
    const loggedIn = page.loginWithPopup();
    await app.browser.go(await app.browser.popups.last().url, { user: 'ada' });
    await Promise.all([app.createPage().start(), loggedIn]);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('a popup closes when an option is wrong', async () => {
    const app = openApp(refreshToken);
    const page = app.createPage();
    const given: object = { returnTo: 5 };
    expect(await rejectionOf(page.loginWithPopup(given))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(app.browser.popups.last().isClosed).toBe(true);
  });

  test('loginWithPopup rejects with popup_blocked where window.open throws', async () => {
    const app = openApp(refreshToken);
    vi.mocked(window.open).mockImplementation(() => {
      throw new DOMException('sandboxed', 'SecurityError');
    });
    const page = app.createPage();
    expect(await rejectionOf(page.loginWithPopup())).toMatchObject({ code: 'popup_blocked' });
  });

  test('loginWithPopup rejects with an AuthError where there is no navigator, as on a server', async () => {
    openApp(refreshToken);
    vi.stubGlobal('navigator', undefined);
    onTestFinished(() => void vi.stubGlobal('navigator', navigatorOfTests));
    const page = createSesamySession({ clientId: 'app', mode: 'refresh-token' });
    expect(isAuthError(await rejectionOf(page.loginWithPopup()))).toBe(true);
  });

  test('a call on a server rejects, and leaves the state of a session that requests share', async () => {
    openApp(refreshToken);
    for (const name of ['window', 'location'] as const) {
      const value: unknown = globalThis[name];
      vi.stubGlobal(name, undefined);
      onTestFinished(() => void vi.stubGlobal(name, value));
    }
    const session = createSesamySession({ clientId: 'app', mode: 'refresh-token' });
    for (const call of [
      'getAccessToken',
      'loginWithRedirect',
      'loginWithPopup',
      'logout',
    ] as const) {
      expect(await rejectionOf(session[call]())).toMatchObject({ code: 'invalid_configuration' });
    }
    expect(session.getSnapshot()).toEqual({ status: 'initializing' });
  });

  test('of two clicks before the code is loaded, the second decides the login', async () => {
    const app = openApp(refreshToken);
    const page = app.createPage();
    page.loginWithRedirect({ loginHint: 'ada@example.com' }).catch(() => {});
    page.loginWithRedirect({ loginHint: 'grace@example.com' }).catch(() => {});
    const url = new URL(await app.browser.nextNavigation());
    expect(url.searchParams.get('login_hint')).toBe('grace@example.com');
    expect(location.assign).toHaveBeenCalledOnce();
  });
});
