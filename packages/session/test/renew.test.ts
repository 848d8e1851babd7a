import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, type TestApp } from './support/app.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

afterEach(() => {
  vi.useRealTimers();
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
])('session.renew in the mode %s', (_name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('session.renew replaces a token that is still valid', async () => {
    const page = await app.logIn();
    const before = await page.getAccessToken();
    app.pass(1);
    await page.renew();
    expect(await page.getAccessToken()).not.toBe(before);
  });

  test('session.renew sends one request for concurrent calls', async () => {
    const page = await app.logIn();
    const before = mode.countRenewals(app.server);
    await Promise.all([page.renew(), page.renew(), page.renew()]);
    expect(mode.countRenewals(app.server)).toBe(before + 1);
  });

  test('session.renew starts a request after one that was sent before the call', async () => {
    const page = await app.logIn();
    app.pass(4000);
    const countTokens = (): number =>
      app.browser.requests.filter((request) => request.endsWith('/oauth/token')).length;
    const before = countTokens();
    const release = app.browser.hold('/oauth/token');
    const early = page.getAccessToken();
    await vi.waitFor(() => expect(countTokens()).toBe(before + 1));
    app.browser.advanceClock(1);
    const renewed = page.renew();
    release();
    await Promise.all([early, renewed]);
    expect(countTokens()).toBe(before + 2);
  });

  test('session.renew updates the user with changed claims', async () => {
    const page = await app.logIn();
    app.server.control.users.update('ada', { firstName: 'Augusta' });
    await page.renew();
    expect(page.getSnapshot().user?.given_name).toBe('Augusta');
  });

  test('session.renew rejects with login_required without a user', async () => {
    const page = app.createPage();
    expect(await rejectionOf(page.renew())).toMatchObject({ code: 'login_required' });
  });

  test('session.renew rejects with a retryable error without a network, and keeps the session', async () => {
    const page = await app.logIn();
    app.browser.setOnline(false);
    expect(await rejectionOf(page.renew())).toMatchObject({ retryable: true });
    expect(page.getSnapshot().status).toBe('authenticated');
  });
});

describe('session.renew in several tabs', () => {
  test('tabs that renew at the same time share one request', async () => {
    app = openApp(refreshToken);
    const page = await app.logIn();
    const other = app.createPage();
    await other.start();
    await Promise.all([page.renew(), other.renew()]);
    expect(refreshToken.countRenewals(app.server)).toBe(1);
    expect(await other.getAccessToken()).toBe(await page.getAccessToken());
  });
});

describe('session.renew in the mode token-handler', () => {
  test('session.renew fetches the user again', async () => {
    app = openApp(tokenHandler);
    const page = await app.logIn();
    const before = app.browser.requests.length;
    await page.renew();
    expect(app.browser.requests.slice(before)).toEqual([
      'GET https://app.publisher.test/sesamy/auth/userinfo',
    ]);
  });
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
])('session.info in the mode %s', (name, mode) => {
  beforeEach(() => {
    app = openApp(mode);
  });

  test('session.info tells how and when the user logged in, and no token', async () => {
    const page = await app.logIn({ acrValues: 'mfa', maxAgeSeconds: 60 });
    const info = await page.info();
    expect(info).toMatchObject({ mode: name, acr: 'mfa', amr: null });
    expect(info?.scope?.split(' ')).toContain('openid');
    const now = Date.now();
    expect(info?.expiresAt).toBeGreaterThan(now);
    expect(Math.abs((info?.authTime ?? 0) - now)).toBeLessThan(60_000);
    expect(JSON.stringify(info)).not.toContain(await page.getAccessToken());
  });

  test('session.info keeps the authentication over a renewal and a reload', async () => {
    const page = await app.logIn({ acrValues: mode === ssoCookie ? '' : 'mfa' });
    const before = await page.info();
    app.pass(4000);
    await page.renew();
    const reloaded = app.createPage();
    await reloaded.start();
    const after = await reloaded.info();
    expect(after?.acr).toBe(before?.acr);
    // The claim counts seconds.
    const driftMs = (after?.authTime ?? 0) - (before?.authTime ?? 0);
    expect(Math.abs(driftMs)).toBeLessThan(5_000);
  });

  test('session.info is null without a user', async () => {
    expect(await app.createPage().info()).toBeNull();
  });
});

describe('session.info in other modes', () => {
  test('session.info names the mode of the fallback', async () => {
    app = openApp({ ...ssoCookie, ...refreshToken });
    const page = await app.logIn({
      options: { mode: 'sso-cookie', fallbackMode: 'refresh-token' },
    });
    expect(await page.info()).toMatchObject({ mode: 'refresh-token' });
  });

  test('session.info knows only the mode with a token handler', async () => {
    app = openApp(tokenHandler);
    const page = await app.logIn();
    expect(await page.info()).toEqual({
      mode: 'token-handler',
      expiresAt: null,
      scope: null,
      acr: null,
      amr: null,
      authTime: null,
    });
  });
});
