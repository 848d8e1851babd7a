import { beforeEach, describe, expect, test } from 'vitest';
import { openApp, stateOf, type TestApp } from './support/app.js';
import { removeChunks } from './support/chunks.js';
import { everythingStored, TOKEN } from './support/evidence.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
  ['token-handler', tokenHandler],
])('a local logout in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('a local logout signs the user out without leaving the page', async () => {
    const page = await app.logIn();
    await page.logout({ local: true });
    expect(page.getSnapshot()).toEqual({
      status: 'unauthenticated',
      reason: 'logged-out',
      error: null,
    });
    expect(location.assign).toHaveBeenCalledOnce();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a local logout signs out the other tabs', async () => {
    const page = await app.logIn();
    const other = app.createPage();
    await other.start();
    const ended = stateOf(other, ({ status }) => status === 'unauthenticated');
    await page.logout({ local: true });
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
  });

  test('a local logout lasts over a reload', async () => {
    const page = await app.logIn();
    await page.logout({ local: true });
    const reloaded = app.createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot().status).toBe('unauthenticated');
  });

  test('a local logout signs the user out when its code cannot be loaded', async () => {
    await app.logIn();
    removeChunks('refresh-token', 'sso-cookie', 'token-handler');
    const page = app.createPage();
    await page.logout({ local: true });
    expect(page.getSnapshot()).toMatchObject({ reason: 'logged-out' });
    expect(location.assign).toHaveBeenCalledOnce();
  });
});

describe('a local logout where the server keeps its session', () => {
  test('the next login needs no password', async () => {
    app = openApp(refreshToken);
    const page = await app.logIn();
    await page.logout({ local: true });
    page.loginWithRedirect().catch(() => {});
    // No answer is given to a login page.
    await app.browser.go(await app.browser.nextNavigation());
    const back = app.createPage();
    await back.start();
    expect(back.getSnapshot().status).toBe('authenticated');
  });

  test('a local logout revokes the refresh token', async () => {
    app = openApp(refreshToken);
    const page = await app.logIn();
    await page.logout({ local: true });
    expect(app.browser.requests).toContain('POST https://token.sesamy.com/oauth/revoke');
  });

  test('a local logout with a token handler ends its session', async () => {
    app = openApp(tokenHandler);
    const page = await app.logIn();
    await page.logout({ local: true });
    expect(app.browser.requests).toContain('POST https://app.publisher.test/sesamy/auth/logout');
  });
});
