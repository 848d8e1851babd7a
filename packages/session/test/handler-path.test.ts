import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isLoginDue } from '../src/index.js';
import { rejectionOf } from './browser.js';
import { openApp, type TestApp } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

beforeEach(() => {
  app = openApp(tokenHandler);
});

const misconfigured = {
  code: 'invalid_configuration',
  retryable: false,
  message: expect.stringMatching(/\/sesamy\/auth.*navigateFallbackDenylist/) as unknown,
};

describe('a token handler whose paths return the app’s own page', () => {
  test('an app page below authPath reports invalid_configuration', async () => {
    const page = app.createPage();
    page.loginWithRedirect().catch(() => {});
    const url = await app.browser.nextNavigation();
    // A service worker responds to the navigation with the app.
    app.browser.visit(url);
    const shown = app.createPage();
    await shown.start();
    const state = shown.getSnapshot();
    expect(state).toMatchObject({ status: 'unauthenticated', error: misconfigured });
    expect(isLoginDue(state)).toBe(false);
    expect(await rejectionOf(shown.loginWithRedirect())).toMatchObject(misconfigured);
  });

  test('HTML in response to a userinfo request reports invalid_configuration', async () => {
    await app.logIn();
    vi.stubGlobal(
      'fetch',
      async () =>
        new Response('<!doctype html>', {
          headers: { 'content-type': 'text/html; charset=utf-8' },
        }),
    );
    localStorage.clear();
    const reloaded = app.createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: misconfigured,
    });
  });

  test('an HTML error page of the token handler is a network error', async () => {
    await app.logIn();
    localStorage.clear();
    vi.stubGlobal(
      'fetch',
      async () =>
        new Response('<h1>Bad gateway', { status: 502, headers: { 'content-type': 'text/html' } }),
    );
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'network', retryable: true } });
  });
});

test('an app without a token handler may have pages below the handler’s path', async () => {
  const other = openApp(refreshToken);
  other.browser.visit('/sesamy/auth/help');
  const page = other.createPage();
  await page.start();
  expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
});

test('an app may have pages next to the handler’s path', async () => {
  app.browser.visit('/sesamy/authors');
  const page = app.createPage();
  await page.start();
  expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
});
