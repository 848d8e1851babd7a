import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { listenToPages } from './support/evidence.js';
import { autoTokenHandler } from './support/modes/auto.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookieFallback } from './support/modes/sso-cookie-fallback.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

/** Tests popup logins in every mode. */
describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['sso-cookie with its fallback', ssoCookieFallback],
  ['token-handler', tokenHandler],
  ['token-handler that auto has chosen', autoTokenHandler],
])('a login by popup in the mode %s', (_name, mode) => {
  let app: TestApp;

  beforeEach(() => {
    app = openApp(mode);
  });

  /** Submits the login in the popup, whose page then opens the app. */
  async function answerInWindow(answer: Parameters<TestApp['browser']['go']>[1]): Promise<void> {
    const { browser } = app;
    const opener = location.href;
    await browser.go(await browser.popups.last().url, answer);
    await app.createPage().start();
    browser.visit(opener);
  }

  test('a popup login signs the user in in the opener and closes the popup', async () => {
    const page = app.createPage();
    const done = page.loginWithPopup();
    await answerInWindow({ user: 'ada' });
    await done;
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { sub: 'email|ada' },
    });
    expect(app.browser.popups.last().isClosed).toBe(true);
    expect(await app.callApi(page)).toBe(200);
  });

  test('a popup login does not navigate the page', async () => {
    app.browser.visit('/articles/tides?from=front#sources');
    const page = app.createPage();
    const done = page.loginWithPopup();
    await answerInWindow({ user: 'ada' });
    await done;
    expect(location.pathname + location.search + location.hash).toBe(
      '/articles/tides?from=front#sources',
    );
    expect(location.assign).not.toHaveBeenCalled();
  });

  test('a second click on a popup login brings its popup to the front', async () => {
    const page = app.createPage();
    const done = page.loginWithPopup();
    expect(app.browser.popups.last().focusCount).toBe(0);
    expect(page.loginWithPopup()).toBe(done);
    expect(app.browser.popups.last().focusCount).toBe(1);
    await answerInWindow({ user: 'ada' });
    await done;
    expect(window.open).toHaveBeenCalledOnce();
  });

  test('a popup login survives a reload', async () => {
    const done = app.createPage().loginWithPopup();
    await answerInWindow({ user: 'ada' });
    await done;
    const reloaded = app.createPage();
    expect(reloaded.getSnapshot()).toMatchObject({ status: 'authenticated' });
    expect(await app.callApi(reloaded)).toBe(200);
  });

  test('a popup login signs the user in in other pages', async () => {
    const other = app.createPage();
    await other.start();
    const found = stateOf(other, ({ status }) => status === 'authenticated');
    const done = app.createPage().loginWithPopup();
    await answerInWindow({ user: 'ada' });
    await done;
    expect(await found).toMatchObject({ user: { sub: 'email|ada' } });
  });

  test('a popup login that the user cancels rejects with an error', async () => {
    const page = app.createPage();
    const failed = rejectionOf(page.loginWithPopup());
    await answerInWindow({ action: 'cancel' });
    expect(await failed).toMatchObject({
      code: 'authorization_failed',
      oauthError: 'access_denied',
    });
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'authorization_failed' },
    });
  });

  test('a popup login rejects when the user closes the popup', async () => {
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    const page = app.createPage();
    const failed = rejectionOf(page.loginWithPopup());
    await app.browser.popups.last().url;
    app.browser.popups.last().close();
    expect(await failed).toMatchObject({ code: 'popup_closed' });
    expect(page.getSnapshot().status).toBe('unauthenticated');
  });

  test('a popup login rejects when the browser blocks the popup', async () => {
    app.browser.popups.areAllowed = false;
    const page = app.createPage();
    expect(await rejectionOf(page.loginWithPopup())).toMatchObject({ code: 'popup_blocked' });
  });

  /** A page whose logout has not reached the server, and whose login popup is open. */
  async function openWithPendingLogout() {
    const before = await app.logIn();
    app.browser.setOnline(false);
    await before.logout();
    await app.browser.nextNavigation();
    const page = app.createPage();
    const unsubscribe = page.subscribe(() => {});
    onTestFinished(unsubscribe);
    await page.start();
    app.browser.setOnline(true);
    const done = page.loginWithPopup();
    await app.browser.popups.last().url;
    return { page, done };
  }

  test('a popup login after a logout that the server has yet to receive succeeds, although the page wakes meanwhile', async () => {
    const { page, done } = await openWithPendingLogout();
    document.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve));
    await answerInWindow({ user: 'ada' });
    await done;
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
  });

  test('a popup login sends no token to other pages', async () => {
    const posted = listenToPages();
    const done = app.createPage().loginWithPopup();
    await answerInWindow({ user: 'ada' });
    await done;
    expect(posted()).not.toMatch(/eyJ|rt_/);
  });
});
