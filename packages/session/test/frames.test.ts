import { createMockServer } from '@sesamy-kit/mock-server';
import { expect, test, vi } from 'vitest';
import { createSesamySession, isLoginDue } from '../src/index.js';
import { openBrowser, rejectionOf } from './browser.js';
import { openApp } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';

const server = (): ReturnType<typeof createMockServer> =>
  createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: ['https://app.publisher.test/'] }],
  });

/** Puts the page into a frame of a page whose location it can or cannot read. */
function frameIn(top: object): void {
  vi.spyOn(window, 'top', 'get').mockReturnValue(top as Window & typeof globalThis);
}

const foreignPage = {
  get location(): never {
    throw new DOMException('Blocked a frame.', 'SecurityError');
  },
};

test('a redirect login in a frame of another origin rejects with a remedy', async () => {
  const browser = openBrowser(server());
  frameIn(foreignPage);
  const session = createSesamySession({ clientId: 'publisher-web' });
  const error = await rejectionOf(session.loginWithRedirect());
  expect(error).toMatchObject({ code: 'not_top_level', retryable: false });
  expect(String(error)).toMatch(/loginWithPopup.*tab/);
  expect(location.assign).not.toHaveBeenCalled();
  expect(browser.requests).toEqual([]);
  expect(isLoginDue(session.getSnapshot())).toBe(false);
});

test('a redirect login in a frame of the same origin redirects', async () => {
  const browser = openBrowser(server());
  frameIn({ location: { origin: location.origin } });
  createSesamySession({ clientId: 'publisher-web' })
    .loginWithRedirect()
    .catch(() => {});
  expect(await browser.nextNavigation()).toContain('/authorize');
});

test('a login popup that no page waits for shows a closing page and starts nothing', async () => {
  const app = openApp(refreshToken);
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const failed = rejectionOf(app.createPage().loginWithPopup());
  const url = await app.browser.popups.last().url;
  app.browser.popups.last().close();
  await failed;
  await app.browser.go(url, { user: 'ada' });
  const before = app.browser.requests.length;
  const page = app.createPage();
  await page.start();
  expect(document.body.textContent).toContain('Close this window');
  expect(app.browser.requests).toHaveLength(before);
  expect(page.getSnapshot()).toMatchObject({
    status: 'unauthenticated',
    error: { code: 'callback_rejected' },
  });
  expect(isLoginDue(page.getSnapshot())).toBe(false);
  expect(location.search).toBe('');
  expect(window.close).toHaveBeenCalled();
});
