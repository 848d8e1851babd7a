import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import type { TestFrame } from './support/frames.js';
import { ssoCookie } from './support/modes/sso-cookie.js';

/* When the authorization server is probed, and when not. */

let app: TestApp;

beforeEach(() => {
  app = openApp(ssoCookie);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Posts a notice as another tab would. */
function tellAllTabs(notice: string): void {
  const channel = new BroadcastChannel(
    `sesamy-kit:${app.clientId}@https://login.publisher.test/@sso-cookie`,
  );
  channel.postMessage(notice);
  channel.close();
}

test('after an offline logout the server is not probed, however long ago, even if a renewal was in progress', async () => {
  const page = await app.logIn();
  app.pass(4000);
  const opened: TestFrame[] = [];
  app.browser.frames.behave((frame) => void opened.push(frame));
  const renewing = rejectionOf(page.getAccessToken());
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  await page.logout();
  await opened[0]?.show();
  app.browser.frames.behave('load');
  expect(await renewing).toMatchObject({ code: 'login_required' });
  app.pass(600);
  const later = app.createPage();
  await later.start();
  expect(later.getSnapshot().status).toBe('unauthenticated');
});

test('a logout is kept when a revalidation that was in progress fails after it', async () => {
  const page = await app.logIn();
  const other = app.createPage();
  await other.start();
  await other.getAccessToken();
  onTestFinished(page.subscribe(() => {}));
  const opened: TestFrame[] = [];
  app.browser.frames.behave((frame) => void opened.push(frame));
  tellAllTabs('changed');
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
  await other.logout();
  await ended;
  const blocked = {
    blockedURI: opened[0]?.url,
    effectiveDirective: 'frame-src',
    disposition: 'enforce',
  };
  document.dispatchEvent(Object.assign(new Event('securitypolicyviolation'), blocked));
  await new Promise((resolve) => setTimeout(resolve));
  expect(page.getSnapshot().status).toBe('unauthenticated');
});

test('a clock that was a year ahead does not prevent probes', async () => {
  const anonymous = app.createPage();
  app.browser.advanceClock(365 * 86_400);
  await anonymous.start();
  const asked = app.browser.frames.urls.length;
  expect(asked).toBe(1);
  app.browser.advanceClock(-365 * 86_400);
  await app.createPage().start();
  expect(app.browser.frames.urls).toHaveLength(2);
});

test("pages without storage do not trigger each other's probes", async () => {
  const storage = 'memory';
  const pages = [await app.logIn({ options: { storage } })];
  const asked = app.browser.frames.urls.length;
  for (let index = 0; index < 4; index += 1) {
    const page = app.createPage({ storage });
    onTestFinished(page.subscribe(() => {}));
    pages.push(page);
    await page.start();
  }
  await Promise.all(pages.map((page) => page.getAccessToken()));
  expect(app.browser.frames.urls).toHaveLength(asked + 4);
});

test("the refresh timer is set after the hidden frame's response on a reload", async () => {
  await app.logIn();
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    shouldClearNativeTimers: true,
  });
  const opened: TestFrame[] = [];
  app.browser.frames.behave((frame) => void opened.push(frame));
  const page = app.createPage();
  onTestFinished(page.subscribe(() => {}));
  await page.start();
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(1_000);
  await opened[0]?.show();
  await page.getAccessToken();
  app.browser.frames.behave('load');
  const asked = app.browser.frames.urls.length;
  app.server.control.clock.advance({ seconds: 3590 });
  await vi.advanceTimersByTimeAsync(3_590_000);
  await vi.waitFor(() => expect(app.browser.frames.urls.length).toBeGreaterThan(asked));
});
