import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session, type SessionState } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';

let server: MockServer;
let browser: TestBrowser;
let page: Session;

beforeEach(async () => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [`${origin}/`] }],
  });
  browser = openBrowser(server);
  page = await logIn(server, browser, createPage);
});

function createPage(): Session {
  return createSesamySession({ clientId: 'publisher-web' });
}

/** The first state for which `isIt` holds. */
function stateOf(session: Session, isIt: (state: SessionState) => boolean): Promise<SessionState> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isIt(session.getSnapshot())) return;
      unsubscribe();
      resolve(session.getSnapshot());
    };
    const unsubscribe = session.subscribe(look);
    queueMicrotask(look);
  });
}

describe('logout', () => {
  test("a logout revokes the refresh token, then redirects to the server's logout", async () => {
    await page.logout();
    expect(browser.requests.at(-1)).toBe('POST https://token.sesamy.com/oauth/revoke');
    expect(server.control.refreshTokens.list()).toMatchObject([{ revokedAt: expect.any(Number) }]);
    const url = new URL(await browser.nextNavigation());
    expect(url.origin + url.pathname).toBe('https://token.sesamy.com/v2/logout');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'publisher-web',
      returnTo: `${origin}/`,
    });
  });

  test('a session is logging-out until the page unloads, whatever happens meanwhile', async () => {
    const left = page.logout();
    await left;
    expect(page.getSnapshot()).toEqual({ status: 'logging-out' });
  });

  test('a logout ends signed out if the page does not unload', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await page.logout();
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    expect(page.getSnapshot()).toMatchObject({ reason: 'logged-out' });
  });

  test('a logout does not change the state of a page that has unloaded', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await page.logout();
    window.dispatchEvent(new Event('pagehide'));
    vi.advanceTimersByTime(15_000);
    vi.useRealTimers();
    expect(page.getSnapshot()).toEqual({ status: 'logging-out' });
  });

  test('a logout leaves nothing for the next page', async () => {
    await page.logout();
    const next = createPage();
    expect(next.getSnapshot()).toEqual({ status: 'initializing' });
    await next.start();
    expect(next.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'none' });
    expect(await rejectionOf(next.getAccessToken())).toMatchObject({ code: 'login_required' });
  });

  test('a logout clears this browser without a network', async () => {
    browser.setOnline(false);
    await page.logout();
    const next = createPage();
    await next.start();
    expect(next.getSnapshot().status).toBe('unauthenticated');
  });

  test('a logout does not wait long for a server that hangs', async () => {
    server.control.faults.add({ endpoint: 'revoke', hang: true });
    await page.logout();
    expect(location.assign).toHaveBeenCalledTimes(2);
  });

  test('a logout returns to the redirect URI by default', async () => {
    const below = createSesamySession({
      clientId: 'publisher-web',
      redirectUri: `${origin}/members/`,
    });
    await below.start();
    await below.logout();
    expect(new URL(lastNavigation()).searchParams.get('returnTo')).toBe(`${origin}/members/`);
  });

  test('a logout with an invalid returnTo returns to the redirect URI', async () => {
    const below = createSesamySession({
      clientId: 'publisher-web',
      redirectUri: `${origin}/members/`,
    });
    await below.start();
    await below.logout({ returnTo: 'https://[' });
    expect(new URL(lastNavigation()).searchParams.get('returnTo')).toBe(`${origin}/members/`);
  });

  test('a logout returns to its returnTo', async () => {
    await page.logout({ returnTo: '/goodbye' });
    expect(new URL(lastNavigation()).searchParams.get('returnTo')).toBe(`${origin}/goodbye`);
  });
});

describe('a refresh in progress at a logout', () => {
  test('a refresh in progress at a logout does not restore the session in the other tab', async () => {
    const other = createPage();
    await other.start();
    const unsubscribe = other.subscribe(() => {});
    server.control.faults.add({ endpoint: 'token', grant: 'refresh_token', delayMs: 2_200 });
    const late = rejectionOf(other.getAccessToken({ minValiditySeconds: 5000 }));
    await page.logout();
    expect(await late).toMatchObject({ code: 'login_required' });
    expect(other.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
    unsubscribe();
    const next = createPage();
    await next.start();
    expect(next.getSnapshot().status).toBe('unauthenticated');
  });
});

describe('another tab', () => {
  test('a tab opened during a logout ends as logged-out-elsewhere', async () => {
    const other = createPage();
    expect(other.getSnapshot().status).toBe('authenticated');
    await Promise.all([other.start(), page.logout()]);
    expect(other.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a logout in another tab ends the session as logged-out-elsewhere', async () => {
    const other = createPage();
    await other.start();
    const ended = stateOf(other, (state) => state.status === 'unauthenticated');
    await page.logout();
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere', error: null });
  });

  test('a tab with a session in memory stays signed out after a logout in another tab', async () => {
    const create = (): Session =>
      createSesamySession({ clientId: 'publisher-web', storage: 'memory' });
    const other = await logIn(server, browser, create);
    const ended = stateOf(other, (state) => state.status === 'unauthenticated');
    await page.logout();
    await ended;
    const unsubscribe = other.subscribe(() => {});
    await rejectionOf(other.getAccessToken());
    unsubscribe();
    expect(other.getSnapshot()).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a tab that missed the logout notice ends as logged-out-elsewhere', async () => {
    const other = createPage();
    await other.start();
    await page.logout();
    const ended = stateOf(other, (state) => state.status === 'unauthenticated');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a login in another tab signs this tab in', async () => {
    await page.logout();
    await browser.nextNavigation();
    const other = createPage();
    await other.start();
    const found = stateOf(other, (state) => state.status === 'authenticated');
    await logIn(server, browser, createPage, 'grace');
    expect(await found).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a login of another user in another tab changes the user of this tab', async () => {
    const other = createPage();
    await other.start();
    const switched = stateOf(
      other,
      (state) => state.status === 'authenticated' && state.user.sub === 'email|grace',
    );
    await logIn(server, browser, createPage, 'grace');
    expect(await switched).toMatchObject({ status: 'authenticated' });
  });
});

function lastNavigation(): string {
  return String(vi.mocked(location.assign).mock.lastCall?.[0]);
}
