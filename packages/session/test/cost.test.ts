import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';
const refreshes = { endpoint: 'token', grant: 'refresh_token' } as const;

let server: MockServer;
let browser: TestBrowser;
let page: Session;

beforeEach(async () => {
  server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
  });
  browser = openBrowser(server);
  page = await logIn(server, browser, () => createSesamySession({ clientId }));
});

afterEach(() => {
  vi.useRealTimers();
});

test('ten thousand calls during one refresh send one request', async () => {
  browser.advanceClock(4000);
  server.control.clock.advance({ seconds: 4000 });
  const tokens = await Promise.all(Array.from({ length: 10_000 }, () => page.getAccessToken()));
  expect(new Set(tokens).size).toBe(1);
  expect(server.control.requests.count(refreshes)).toBe(1);
});

test('a session without listeners has no timer and ignores other tabs', async () => {
  vi.useFakeTimers();
  const unsubscribe = page.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  expect(vi.getTimerCount()).toBe(1);
  unsubscribe();
  expect(vi.getTimerCount()).toBe(0);
});

test('a hidden page has no refresh timer', async () => {
  vi.useFakeTimers();
  const unsubscribe = page.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(10);
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  expect(vi.getTimerCount()).toBe(0);
  unsubscribe();
});
