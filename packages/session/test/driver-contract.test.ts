import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { everythingStored, listenToPages, TOKEN } from './support/evidence.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookieFallback } from './support/modes/sso-cookie-fallback.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';
import { denyStorage } from './support/storage.js';

/** What every way to keep a session does alike. */
describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['sso-cookie with its fallback', ssoCookieFallback],
  ['token-handler', tokenHandler],
])('a session in the mode %s', (_name, mode) => {
  let app: TestApp;

  beforeEach(() => {
    app = openApp(mode);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  describe('that nobody has logged in to', () => {
    test('starts signed out', async () => {
      const page = app.createPage();
      expect(page.getSnapshot()).toEqual({ status: 'initializing' });
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('starts signed out though the network is dead', async () => {
      app.browser.setOnline(false);
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('calls the API for nobody', async () => {
      const page = app.createPage();
      expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
        code: 'login_required',
      });
    });
  });

  describe('at a login', () => {
    test('comes back by redirect as the user', async () => {
      const page = await app.logIn();
      expect(page.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { sub: 'email|ada', email: 'ada@example.com' },
      });
    });

    test('comes back to where the login began', async () => {
      app.browser.visit('/articles/tides?from=front#sources');
      await app.logIn();
      expect(location.pathname + location.search + location.hash).toBe(
        '/articles/tides?from=front#sources',
      );
    });

    test('comes back to where the login says', async () => {
      await app.logIn({ returnTo: '/articles/tides?from=front' });
      expect(location.pathname + location.search).toBe('/articles/tides?from=front');
    });

    test('never comes back to another origin', async () => {
      await app.logIn({ returnTo: 'https://evil.test/' });
      expect(location.href).toBe('https://app.publisher.test/');
    });

    test('asks the server for what the login asks for', async () => {
      await app.logIn({ uiLocales: 'sv', maxAgeSeconds: 60, acrValues: 'mfa' });
      const asked = app.server.control.requests.list({ endpoint: 'authorize' });
      const interactive = asked.filter(({ params }) => params['prompt'] === undefined);
      expect(interactive[0]?.params).toMatchObject({
        ui_locales: 'sv',
        max_age: '60',
        acr_values: 'mfa',
        response_type: 'code',
        code_challenge_method: 'S256',
      });
    });

    test('shows the error of one that failed and does not begin again', async () => {
      const { browser } = app;
      browser.visit('/articles/tides?from=front');
      const leaving = app.createPage();
      leaving.loginWithRedirect().catch(() => {});
      await browser.go(await browser.nextNavigation(), { action: 'cancel' });
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({
        status: 'unauthenticated',
        error: { code: 'authorization_failed', oauthError: 'access_denied' },
      });
      expect(location.pathname + location.search).toBe('/articles/tides?from=front');
      expect(location.assign).toHaveBeenCalledOnce();
    });

    test('keeps the session that was there before one that failed', async () => {
      await app.logIn();
      const { browser } = app;
      const leaving = app.createPage();
      leaving.loginWithRedirect({ prompt: 'login' }).catch(() => {});
      await browser.go(await browser.nextNavigation(), { action: 'cancel' });
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });

    test('is done once, however often its callback is opened', async () => {
      const page = await app.logIn();
      const [callback] = app.browser.visits.filter((url) => url.includes('code='));
      expect(callback).toBeDefined();
      await app.browser.go(callback ?? '').catch(() => {});
      const again = app.createPage();
      await again.start();
      expect(again.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
      expect(await app.callApi(again)).toBe(200);
      expect(location.assign).toHaveBeenCalledOnce();
      expect(location.search).toBe('');
    });
  });

  describe('that does not know its own callback any more', () => {
    /** All that the site has stored is gone, but for what the tab remembers of its logins. */
    function loseTransactions(): void {
      const kept = Object.entries(sessionStorage).filter(([name]) => name.endsWith('/tab'));
      forgetEverything();
      for (const [name, value] of kept) sessionStorage.setItem(name, String(value));
    }

    /** All that the browser remembers is gone, but for the address. */
    function forgetEverything(): void {
      app.browser.cookies.clear();
      localStorage.clear();
      sessionStorage.clear();
      vi.stubGlobal('indexedDB', new IDBFactory());
    }

    test('begins the login again, once', async () => {
      const { browser } = app;
      const leaving = app.createPage();
      leaving.loginWithRedirect().catch(() => {});
      await browser.go(await browser.nextNavigation(), { user: 'ada' });
      loseTransactions();
      await app.createPage().start();
      await browser.go(await browser.nextNavigation(), { user: 'ada' });
      loseTransactions();
      const page = app.createPage();
      await page.start();
      // Longer than a login takes to begin.
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
      expect(location.assign).toHaveBeenCalledOnce();
      expect(location.replace).toHaveBeenCalledOnce();
    });

    test('begins no login in a tab that does not wait for this callback', async () => {
      const { browser } = app;
      const leaving = app.createPage();
      leaving.loginWithRedirect().catch(() => {});
      await browser.go(await browser.nextNavigation(), { user: 'ada' });
      forgetEverything();
      const page = app.createPage();
      await page.start();
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
      expect(location.search).toBe('');
      expect(location.assign).toHaveBeenCalledOnce();
      expect(location.replace).not.toHaveBeenCalled();
    });

    test('is signed out when the address holds a made-up error', async () => {
      const { browser } = app;
      const leaving = app.createPage();
      leaving.loginWithRedirect().catch(() => {});
      await browser.go(await browser.nextNavigation(), { action: 'cancel' });
      forgetEverything();
      const page = app.createPage();
      await page.start();
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
      expect(location.search).toBe('');
      expect(location.assign).toHaveBeenCalledOnce();
    });
  });

  describe('after a reload', () => {
    test('is authenticated at once, before any request', async () => {
      await app.logIn();
      const before = app.browser.requests.length;
      const page = app.createPage();
      expect(page.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { name: 'Ada Lovelace' },
      });
      expect(app.browser.requests).toHaveLength(before);
    });

    test('keeps the state that the first render saw', async () => {
      await app.logIn();
      const page = app.createPage();
      const first = page.getSnapshot();
      await page.start();
      await app.callApi(page);
      expect(page.getSnapshot()).toBe(first);
    });

    test('calls the API as the user', async () => {
      await app.logIn();
      expect(await app.callApi(app.createPage())).toBe(200);
    });
  });

  describe('at the API', () => {
    test('reads as the user', async () => {
      const page = await app.logIn();
      expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|ada' });
    });

    test('changes as the user', async () => {
      const page = await app.logIn();
      const changed = await page.fetchJson(profileUrl(page), {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nickname: 'Countess' }),
      });
      expect(changed).toMatchObject({ nickname: 'Countess' });
    });

    test('renews once for a hundred callers', async () => {
      const page = await app.logIn();
      const before = mode.countRenewals(app.server);
      app.pass(4000);
      const calls = Array.from({ length: 100 }, () => app.callApi(page));
      expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
      expect(mode.countRenewals(app.server) - before).toBe(1);
    });

    test('renews with nothing changed that anybody sees', async () => {
      const page = await app.logIn();
      const before = page.getSnapshot();
      app.pass(4000);
      expect(await app.callApi(page)).toBe(200);
      expect(page.getSnapshot()).toBe(before);
    });

    test('renews again and again', async () => {
      const page = await app.logIn();
      const before = mode.countRenewals(app.server);
      for (let round = 0; round < 3; round += 1) {
        app.pass(4000);
        expect(await app.callApi(page)).toBe(200);
      }
      expect(mode.countRenewals(app.server) - before).toBe(3);
    });

    test('answers a 401 by a renewal and a replay, body and all', async () => {
      const page = await app.logIn();
      app.pass(60);
      app.server.control.faults.add({ endpoint: 'profile', status: 401 });
      const changed = await page.fetchJson(profileUrl(page), {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nickname: 'Countess' }),
      });
      expect(changed).toMatchObject({ nickname: 'Countess' });
    });

    test('asks the server for the user, and checks that the answer is for the same one', async () => {
      const page = await app.logIn();
      const { sub } = await page.fetchUserInfo();
      expect(page.getSnapshot()).toMatchObject({ user: { sub } });
    });

    test('sends nothing to an origin that is not allowed', async () => {
      const page = await app.logIn();
      const before = app.browser.requests.length;
      expect(await rejectionOf(page.fetch('https://evil.test/'))).toMatchObject({
        code: 'invalid_configuration',
      });
      expect(app.browser.requests).toHaveLength(before);
    });
  });

  describe('that the server has ended', () => {
    test('is over at the next renewal, and says why', async () => {
      const page = await app.logIn();
      mode.endSession(app.server);
      app.pass(4000);
      expect(await rejectionOf(app.callApi(page))).toMatchObject({ code: 'login_required' });
      expect(page.getSnapshot()).toEqual({
        status: 'unauthenticated',
        reason: mode.endReason,
        error: null,
      });
    });

    test('is over in all pages', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      mode.endSession(app.server);
      app.pass(4000);
      await rejectionOf(app.callApi(page));
      expect(await ended).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('leaves nothing for the next page', async () => {
      const page = await app.logIn();
      mode.endSession(app.server);
      app.pass(4000);
      await rejectionOf(app.callApi(page));
      const next = app.createPage();
      expect(next.getSnapshot()).toEqual({ status: 'initializing' });
      await next.start();
      expect(next.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
    });
  });

  describe('in trouble', () => {
    test('lasts through a dead network and goes on after it', async () => {
      const page = await app.logIn();
      app.pass(4000);
      app.browser.setOnline(false);
      expect(await rejectionOf(app.callApi(page))).toMatchObject({
        code: expect.stringMatching(/^(network|timeout)$/),
        retryable: true,
      });
      expect(page.getSnapshot().status).toBe('authenticated');
      app.browser.setOnline(true);
      expect(await app.callApi(page)).toBe(200);
    });

    test('is authenticated in a page that opens while the network is dead', async () => {
      await app.logIn();
      app.pass(4000);
      app.browser.setOnline(false);
      const page = app.createPage();
      await page.start();
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot().status).toBe('authenticated');
    });

    test.each([503, 429])(
      'lasts through a %i at a renewal and goes on after it',
      async (status) => {
        const page = await app.logIn();
        app.pass(4000);
        const fault = { endpoint: 'token', grant: mode.renewalGrant, status } as const;
        app.server.control.faults.add(fault);
        expect(await app.callApi(page).catch(() => 'rejected')).not.toBe(200);
        expect(page.getSnapshot().status).toBe('authenticated');
        expect(await app.callApi(page)).toBe(200);
      },
    );

    test('catches up by itself when the device wakes', async () => {
      const page = await app.logIn();
      const unsubscribe = page.subscribe(() => {});
      app.pass(7200);
      const asked = app.server.control.requests.waitFor();
      document.dispatchEvent(new Event('visibilitychange'));
      await asked;
      unsubscribe();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });

    test('works for as long as the page lives where storage is blocked', async () => {
      denyStorage();
      expect(() => localStorage).toThrow('denied');
      const page = await app.logIn();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });
  });

  describe('at a logout', () => {
    test('is over in this browser, also after a reload', async () => {
      const page = await app.logIn();
      await page.logout();
      await app.browser.go(await app.browser.nextNavigation());
      const next = app.createPage();
      expect(next.getSnapshot()).toEqual({ status: 'initializing' });
      await next.start();
      expect(next.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'none' });
      expect(await rejectionOf(app.callApi(next))).toMatchObject({ code: 'login_required' });
      expect(await everythingStored()).not.toMatch(TOKEN);
    });

    test('is over at the server', async () => {
      const page = await app.logIn();
      await page.logout();
      await app.browser.go(await app.browser.nextNavigation());
      const { refreshTokens, sessions } = app.server.control;
      expect(refreshTokens.list().filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
      expect(sessions.list().filter(({ endedAt }) => endedAt === null)).toEqual([]);
    });

    test('comes back to where the app says', async () => {
      const page = await app.logIn();
      app.server.control.clients.update('publisher-web', {
        logoutUrls: ['https://app.publisher.test/goodbye'],
      });
      await page.logout({ returnTo: '/goodbye' });
      expect(await app.browser.go(await app.browser.nextNavigation())).toBe(
        'https://app.publisher.test/goodbye',
      );
    });

    test('is over in this browser though the network is dead, and stays so', async () => {
      const page = await app.logIn();
      app.browser.setOnline(false);
      await page.logout();
      const offline = app.createPage();
      await offline.start();
      expect(offline.getSnapshot().status).toBe('unauthenticated');
      app.browser.setOnline(true);
      const online = app.createPage();
      await online.start();
      expect(online.getSnapshot().status).toBe('unauthenticated');
      expect(await rejectionOf(app.callApi(online))).toMatchObject({ code: 'login_required' });
    });

    test('is not brought back by a renewal that was under way', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      app.pass(4000);
      const fault = { endpoint: 'token', grant: mode.renewalGrant, delayMs: 300 } as const;
      app.server.control.faults.add(fault);
      const late = app.callApi(other).catch(() => 'rejected');
      await vi.waitFor(() => expect(app.server.control.faults.unused()).toEqual([]));
      await page.logout();
      await late;
      await ended;
      for (const opened of [other, app.createPage()]) {
        await opened.start();
        expect(opened.getSnapshot().status).toBe('unauthenticated');
        expect(await rejectionOf(app.callApi(opened))).toMatchObject({ code: 'login_required' });
      }
    });

    test('lets another user log in', async () => {
      const page = await app.logIn();
      await page.logout();
      await app.browser.go(await app.browser.nextNavigation());
      const next = await app.logIn({ user: 'grace' });
      expect(next.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
      expect(await next.fetchJson(profileUrl(next))).toMatchObject({ userId: 'email|grace' });
    });
  });

  describe('in two pages', () => {
    test('is seen in both when a user logs in', async () => {
      const other = app.createPage();
      await other.start();
      const found = stateOf(other, ({ status }) => status === 'authenticated');
      await app.logIn();
      expect(await found).toMatchObject({ user: { sub: 'email|ada' } });
      expect(await app.callApi(other)).toBe(200);
    });

    test('is over in both when the user logs out', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      await page.logout();
      expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere', error: null });
      expect(await rejectionOf(app.callApi(other))).toMatchObject({ code: 'login_required' });
    });

    test('is over in one that missed the notice, when it is looked at again', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      await page.logout();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      document.dispatchEvent(new Event('visibilitychange'));
      expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
    });

    test('is over in one that comes out of the back/forward cache', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const unsubscribe = other.subscribe(() => {});
      window.dispatchEvent(new Event('pagehide'));
      await page.logout();
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
      expect(other.getSnapshot().status).toBe('unauthenticated');
      unsubscribe();
    });

    test('is answered once when both open the callback', async () => {
      const { browser } = app;
      const leaving = app.createPage();
      leaving.loginWithRedirect().catch(() => {});
      await browser.go(await browser.nextNavigation(), { user: 'ada' });
      const pages = [app.createPage(), app.createPage()];
      await Promise.all(pages.map((page) => page.start()));
      expect(pages.map((page) => page.getSnapshot().status)).toEqual([
        'authenticated',
        'authenticated',
      ]);
      expect(location.assign).toHaveBeenCalledOnce();
      const logins = app.server.control.requests.count({
        grant: 'authorization_code',
        status: 200,
      });
      expect(logins).toBe(app.server.control.requests.count({ grant: 'authorization_code' }));
    });

    test('shows the new user in both when another one logs in', async () => {
      await app.logIn();
      const other = app.createPage();
      await other.start();
      const switched = stateOf(
        other,
        (state) => state.status === 'authenticated' && state.user.sub === 'email|grace',
      );
      await app.logIn({ user: 'grace', prompt: 'login' });
      await switched;
      expect(await other.fetchJson(profileUrl(other))).toMatchObject({ userId: 'email|grace' });
    });

    test('sends no change again for another user than it was begun for', async () => {
      const page = await app.logIn();
      const unsubscribe = page.subscribe(() => {});
      const { pathname } = new URL(profileUrl(page), location.href);
      app.server.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 401 });
      const answered = app.server.control.requests.waitFor({ endpoint: 'profile' });
      const release = app.browser.hold(pathname);
      const change = rejectionOf(
        page.fetch(profileUrl(page), {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: '{"nickname":"Countess"}',
        }),
      );
      await answered;
      await app.logIn({ user: 'grace', prompt: 'login' });
      await stateOf(
        page,
        (state) => state.status === 'authenticated' && state.user.sub === 'email|grace',
      );
      release();
      expect(await change).toMatchObject({ code: 'aborted' });
      expect(await page.fetchJson(profileUrl(page))).not.toMatchObject({ nickname: 'Countess' });
      unsubscribe();
    });

    test('is renewed by both without harm', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      app.pass(4000);
      expect(await Promise.all([app.callApi(page), app.callApi(other)])).toEqual([200, 200]);
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(other.getSnapshot().status).toBe('authenticated');
    });
  });

  describe('with storage "memory"', () => {
    test('works and leaves nothing behind', async () => {
      const page = await app.logIn({ options: { storage: 'memory' } });
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
      expect(Object.entries(localStorage)).toEqual([]);
      expect(await everythingStored()).not.toMatch(TOKEN);
    });
  });

  describe('and its secrets', () => {
    test('are nowhere in web storage, in what pages tell each other, or in the state', async () => {
      const posted = listenToPages();
      const page = await app.logIn();
      app.pass(4000);
      await app.callApi(page);
      const stored = [Object.entries(localStorage), Object.entries(sessionStorage)];
      expect(JSON.stringify([stored, page.getSnapshot(), document.cookie])).not.toMatch(TOKEN);
      expect(posted()).not.toMatch(TOKEN);
    });
  });
});
