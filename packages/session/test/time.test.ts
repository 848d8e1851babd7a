import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';
const refreshes = { endpoint: 'token', grant: 'refresh_token' } as const;
const createPage = (): Session => createSesamySession({ clientId });
const HOUR = 3600;

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
  });
  browser = openBrowser(server);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a device whose clock is wrong', () => {
  test.each([-26, -3, 3, 26])(
    'a device whose clock is wrong by %i hours logs in and does not refresh in a loop',
    async (hours) => {
      browser.advanceClock(hours * HOUR);
      const page = await logIn(server, browser, createPage);
      expect(page.getSnapshot().status).toBe('authenticated');
      for (let call = 0; call < 5; call += 1) await page.getAccessToken();
      const reloaded = createPage();
      await reloaded.getAccessToken();
      expect(server.control.requests.count(refreshes)).toBe(0);
    },
  );

  test.each([-3, 3])(
    'a clock corrected by %i hours causes one refresh and keeps the session',
    async (hours) => {
      const page = await logIn(server, browser, createPage);
      browser.advanceClock(hours * HOUR);
      const reloaded = createPage();
      await reloaded.getAccessToken();
      await reloaded.getAccessToken();
      await page.getAccessToken();
      expect(server.control.requests.count(refreshes)).toBe(1);
      expect(reloaded.getSnapshot().status).toBe('authenticated');
    },
  );

  test('a clock set back while the page is open does not send an expired token', async () => {
    const page = await logIn(server, browser, createPage);
    const spent = await page.getAccessToken();
    const later = performance.now() + 2 * HOUR * 1000;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    server.control.clock.advance({ hours: 2 });
    browser.advanceClock(-60);
    expect(await page.getAccessToken()).not.toBe(spent);
  });
});

describe('a laptop that slept', () => {
  test('the first call after sleep refreshes the token', async () => {
    const page = await logIn(server, browser, createPage);
    browser.advanceClock(2 * HOUR);
    server.control.clock.advance({ hours: 2 });
    expect((await page.fetch('https://api.sesamy.com/client/v1/profile')).status).toBe(200);
    expect(server.control.requests.count(refreshes)).toBe(1);
  });

  test('a page that becomes visible after sleep refreshes the token', async () => {
    const page = await logIn(server, browser, createPage);
    const unsubscribe = page.subscribe(() => {});
    browser.advanceClock(2 * HOUR);
    server.control.clock.advance({ hours: 2 });
    const refreshed = server.control.requests.waitFor(refreshes);
    document.dispatchEvent(new Event('visibilitychange'));
    await refreshed;
    unsubscribe();
  });
});

describe('a network that was away', () => {
  test('a session recovers when the network is back', async () => {
    const page = await logIn(server, browser, createPage);
    const unsubscribe = page.subscribe(() => {});
    browser.advanceClock(2 * HOUR);
    server.control.clock.advance({ hours: 2 });
    browser.setOnline(false);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ retryable: true });
    browser.setOnline(true);
    const refreshed = server.control.requests.waitFor(refreshes);
    window.dispatchEvent(new Event('online'));
    await refreshed;
    unsubscribe();
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('a page opened without a network stays authenticated', async () => {
    await logIn(server, browser, createPage);
    browser.advanceClock(2 * HOUR);
    browser.setOnline(false);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'network' });
    expect(page.getSnapshot().status).toBe('authenticated');
  });
});
