import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { leaveForLogin, openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { everythingStored, listenToPages, TOKEN } from './support/evidence.js';
import { autoTokenHandler } from './support/modes/auto.js';
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
  ['token-handler that auto has chosen', autoTokenHandler],
])('a session in the mode %s', (_name, mode) => {
  let app: TestApp;

  beforeEach(() => {
    app = openApp(mode);
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  describe('without a login', () => {
    test('a session without a login starts signed out', async () => {
      const page = app.createPage();
      expect(page.getSnapshot()).toEqual({ status: 'initializing' });
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('a session without a login starts signed out without a network', async () => {
      app.browser.setOnline(false);
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('a session without a login sends no API request', async () => {
      const page = app.createPage();
      expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
        code: 'login_required',
      });
    });
  });

  describe('at a login', () => {
    test('a redirect login signs the user in', async () => {
      const page = await app.logIn();
      expect(page.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { sub: 'email|ada', email: 'ada@example.com' },
      });
    });

    test('a login returns to the page where it started', async () => {
      app.browser.visit('/articles/tides?from=front#sources');
      await app.logIn();
      expect(location.pathname + location.search + location.hash).toBe(
        '/articles/tides?from=front#sources',
      );
    });

    test('a login returns to its returnTo', async () => {
      await app.logIn({ returnTo: '/articles/tides?from=front' });
      expect(location.pathname + location.search).toBe('/articles/tides?from=front');
    });

    test('a login never returns to another origin', async () => {
      await app.logIn({ returnTo: 'https://evil.test/' });
      expect(location.href).toBe('https://app.publisher.test/');
    });

    test('a login sends its options to the server', async () => {
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

    test('a failed login sets its error and starts no other login', async () => {
      app.browser.visit('/articles/tides?from=front');
      await leaveForLogin(app, { action: 'cancel' });
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({
        status: 'unauthenticated',
        error: { code: 'authorization_failed', oauthError: 'access_denied' },
      });
      expect(location.pathname + location.search).toBe('/articles/tides?from=front');
      expect(location.assign).toHaveBeenCalledOnce();
    });

    test('a failed login keeps the earlier session', async () => {
      await app.logIn();
      await leaveForLogin(app, { action: 'cancel' }, { prompt: 'login' });
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });

    test('a login is completed once, however often its callback is opened', async () => {
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

  describe('with a stale callback', () => {
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

    test('a stale callback starts the login again, once', async () => {
      await leaveForLogin(app, { user: 'ada' });
      loseTransactions();
      await app.createPage().start();
      await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
      loseTransactions();
      const page = app.createPage();
      await page.start();
      // Longer than a login takes to begin.
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
      expect(location.assign).toHaveBeenCalledOnce();
      expect(location.replace).toHaveBeenCalledOnce();
    });

    test('a login that took too long starts again and returns to the page where it started', async () => {
      app.browser.visit('/articles/tides?from=front#sources');
      app
        .createPage()
        .loginWithRedirect()
        .catch(() => {});
      const callback = await app.browser.nextNavigation();
      await app.browser.go(callback, { user: 'ada' });
      loseTransactions();
      await app.createPage().start();
      await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
      expect(location.pathname + location.search + location.hash).toBe(
        '/articles/tides?from=front#sources',
      );
    });

    test('a login that another tab has completed returns to the page where it started', async () => {
      app.browser.visit('/articles/tides?from=front#sources');
      app
        .createPage()
        .loginWithRedirect()
        .catch(() => {});
      await app.browser.go(await app.browser.nextNavigation(), { user: 'ada' });
      const callback = location.href;
      const tab = Object.entries(sessionStorage);
      await app.createPage().start();
      for (const [name, value] of tab) sessionStorage.setItem(name, value);
      app.browser.visit(callback);
      const page = app.createPage();
      await page.start();
      expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
      expect(location.pathname + location.search + location.hash).toBe(
        '/articles/tides?from=front#sources',
      );
    });

    test('a stale callback starts no login in a tab without a pending login', async () => {
      await leaveForLogin(app, { user: 'ada' });
      forgetEverything();
      const page = app.createPage();
      await page.start();
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
      expect(location.search).toBe('');
      expect(location.assign).toHaveBeenCalledOnce();
      expect(location.replace).not.toHaveBeenCalled();
    });

    test('a forged error in the URL leaves the session signed out', async () => {
      await leaveForLogin(app, { action: 'cancel' });
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
    test('a reload is authenticated before any request', async () => {
      await app.logIn();
      const before = app.browser.requests.length;
      const page = app.createPage();
      expect(page.getSnapshot()).toMatchObject({
        status: 'authenticated',
        user: { name: 'Ada Lovelace' },
      });
      expect(app.browser.requests).toHaveLength(before);
    });

    test('a reload keeps the state of its first render', async () => {
      await app.logIn();
      const page = app.createPage();
      const first = page.getSnapshot();
      await page.start();
      await app.callApi(page);
      expect(page.getSnapshot()).toBe(first);
    });

    test('a reloaded page calls the API as the user', async () => {
      await app.logIn();
      expect(await app.callApi(app.createPage())).toBe(200);
    });
  });

  describe('at the API', () => {
    test('session.fetch reads from the API as the user', async () => {
      const page = await app.logIn();
      expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|ada' });
    });

    test('session.fetch writes to the API as the user', async () => {
      const page = await app.logIn();
      const changed = await page.fetchJson(profileUrl(page), {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ nickname: 'Countess' }),
      });
      expect(changed).toMatchObject({ nickname: 'Countess' });
    });

    test('a hundred callers share one renewal', async () => {
      const page = await app.logIn();
      const before = mode.countRenewals(app.server);
      app.pass(4000);
      const calls = Array.from({ length: 100 }, () => app.callApi(page));
      expect(new Set(await Promise.all(calls))).toEqual(new Set([200]));
      expect(mode.countRenewals(app.server) - before).toBe(1);
    });

    test('a renewal does not change the state', async () => {
      const page = await app.logIn();
      const before = page.getSnapshot();
      app.pass(4000);
      expect(await app.callApi(page)).toBe(200);
      expect(page.getSnapshot()).toBe(before);
    });

    test('a session can be renewed repeatedly', async () => {
      const page = await app.logIn();
      const before = mode.countRenewals(app.server);
      for (let round = 0; round < 3; round += 1) {
        app.pass(4000);
        expect(await app.callApi(page)).toBe(200);
      }
      expect(mode.countRenewals(app.server) - before).toBe(3);
    });

    test('session.fetch renews after a 401 and retries with the body', async () => {
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

    test('fetchUserInfo rejects a response for another user', async () => {
      const page = await app.logIn();
      const { sub } = await page.fetchUserInfo();
      expect(page.getSnapshot()).toMatchObject({ user: { sub } });
    });

    test('session.fetch sends nothing to an origin that is not allowed', async () => {
      const page = await app.logIn();
      const before = app.browser.requests.length;
      expect(await rejectionOf(page.fetch('https://evil.test/'))).toMatchObject({
        code: 'invalid_configuration',
      });
      expect(app.browser.requests).toHaveLength(before);
    });
  });

  describe('ended by the server', () => {
    test('a session ended by the server ends at the next renewal, with a reason', async () => {
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

    test('a session ended by the server ends in all pages', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      mode.endSession(app.server);
      app.pass(4000);
      await rejectionOf(app.callApi(page));
      expect(await ended).toMatchObject({ status: 'unauthenticated', error: null });
    });

    test('a session ended by the server leaves nothing for the next page', async () => {
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
    test('a session survives a network failure', async () => {
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

    test('a page that opens without a network is authenticated', async () => {
      await app.logIn();
      app.pass(4000);
      app.browser.setOnline(false);
      const page = app.createPage();
      await page.start();
      await rejectionOf(app.callApi(page));
      expect(page.getSnapshot().status).toBe('authenticated');
    });

    test.each([503, 429])('a session survives a %i at a renewal', async (status) => {
      const page = await app.logIn();
      app.pass(4000);
      const fault = { endpoint: 'token', grant: mode.renewalGrant, status } as const;
      app.server.control.faults.add(fault);
      expect(await app.callApi(page).catch(() => 'rejected')).not.toBe(200);
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });

    test('a session revalidates when the device wakes', async () => {
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

    test('a session lasts as long as the page if storage is blocked', async () => {
      denyStorage();
      expect(() => localStorage).toThrow('denied');
      const page = await app.logIn();
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
    });
  });

  describe('at a logout', () => {
    test('a logout signs this browser out, also after a reload', async () => {
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

    test('a logout ends the session at the server', async () => {
      const page = await app.logIn();
      await page.logout();
      await app.browser.go(await app.browser.nextNavigation());
      const { refreshTokens, sessions } = app.server.control;
      expect(refreshTokens.list().filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
      expect(sessions.list().filter(({ endedAt }) => endedAt === null)).toEqual([]);
    });

    test('a logout returns to its returnTo', async () => {
      const page = await app.logIn();
      app.server.control.clients.update(app.clientId, {
        logoutUrls: ['https://app.publisher.test/goodbye'],
      });
      await page.logout({ returnTo: '/goodbye' });
      expect(await app.browser.go(await app.browser.nextNavigation())).toBe(
        'https://app.publisher.test/goodbye',
      );
    });

    test('a logout without a network signs this browser out for good', async () => {
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

    test('a renewal in progress does not undo a logout', async () => {
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

    test('another user can log in after a logout', async () => {
      const page = await app.logIn();
      await page.logout();
      await app.browser.go(await app.browser.nextNavigation());
      const next = await app.logIn({ user: 'grace' });
      expect(next.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
      expect(await next.fetchJson(profileUrl(next))).toMatchObject({ userId: 'email|grace' });
    });
  });

  describe('in two pages', () => {
    test('a login in one page signs in the other', async () => {
      const other = app.createPage();
      await other.start();
      const found = stateOf(other, ({ status }) => status === 'authenticated');
      await app.logIn();
      expect(await found).toMatchObject({ user: { sub: 'email|ada' } });
      expect(await app.callApi(other)).toBe(200);
    });

    test('a logout in one page signs out the other', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      await page.logout();
      expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere', error: null });
      expect(await rejectionOf(app.callApi(other))).toMatchObject({ code: 'login_required' });
    });

    test('a page that missed a logout signs out when it becomes visible', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      await other.start();
      await page.logout();
      const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
      document.dispatchEvent(new Event('visibilitychange'));
      expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
    });

    test('a page restored from the back/forward cache signs out after a logout', async () => {
      const page = await app.logIn();
      const other = app.createPage();
      const unsubscribe = other.subscribe(() => {});
      await other.start();
      window.dispatchEvent(new Event('pagehide'));
      await page.logout();
      window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
      expect(other.getSnapshot().status).toBe('unauthenticated');
      unsubscribe();
    });

    test('a callback opened in two pages is completed once', async () => {
      await leaveForLogin(app, { user: 'ada' });
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

    test('a login of another user in one page shows that user in both', async () => {
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

    test('a change made for one user is not retried for another', async () => {
      const page = await app.logIn();
      const unsubscribe = page.subscribe(() => {});
      const { pathname } = new URL(mode.profilePath ?? profileUrl(page), location.href);
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
      expect(await change).toMatchObject({ code: 'user_changed' });
      expect(await page.fetchJson(profileUrl(page))).not.toMatchObject({ nickname: 'Countess' });
      unsubscribe();
    });

    test('two pages can renew the session without ending it', async () => {
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
    test('a session with storage "memory" works and stores nothing', async () => {
      const page = await app.logIn({ options: { storage: 'memory' } });
      expect(page.getSnapshot().status).toBe('authenticated');
      expect(await app.callApi(page)).toBe(200);
      expect(Object.entries(localStorage)).toEqual([]);
      expect(await everythingStored()).not.toMatch(TOKEN);
    });
  });

  describe('tokens', () => {
    test('tokens are not in web storage, in messages between pages, or in the state', async () => {
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
