import { createMockServer } from '@sesamy-kit/mock-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createSesamySession, isLoginDue, type Session } from '../src/index.js';
import { openBrowser, rejectionOf } from './browser.js';
import { openApp, type TestApp } from './support/app.js';
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

/** Opens the callback of a login popup whose opener has gone. */
async function openForgottenPopup(app: TestApp): Promise<Session> {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const failed = rejectionOf(app.createPage().loginWithPopup());
  const url = await app.browser.popups.last().url;
  app.browser.popups.last().close();
  await failed;
  await app.browser.go(url, { user: 'ada' });
  return app.createPage();
}

test.each([
  ['sv-SE', 'sv', 'Stäng det här fönstret'],
  ['no', 'nb', 'Lukk dette vinduet'],
  ['de', 'en', 'Close this window'],
  ['', 'en', 'Close this window'],
])(
  'the closing page of an app whose page has the language "%s" is in the language %s',
  async (documentLanguage, lang, text) => {
    const page = await openForgottenPopup(openApp(refreshToken));
    const before = document.documentElement.lang;
    onTestFinished(() => void (document.documentElement.lang = before));
    document.documentElement.lang = documentLanguage;
    await page.start();
    const status = document.querySelector('[role="status"]');
    expect(status?.textContent).toContain(text);
    expect(status?.getAttribute('lang')).toBe(lang);
  },
);

test('a login popup that no page waits for shows a closing page and starts nothing', async () => {
  const app = openApp(refreshToken);
  const page = await openForgottenPopup(app);
  const before = app.browser.requests.length;
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
