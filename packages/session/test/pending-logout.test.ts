import { describe, expect, test } from 'vitest';
import { openApp, type TestApp } from './support/app.js';
import type { ModeSetUp } from './support/modes/mode.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { delayDatabase } from './support/storage.js';

/** Opens an app whose user has logged out without a network, so that the logout is pending. */
async function logOutOffline(mode: ModeSetUp): Promise<TestApp> {
  const app = openApp(mode);
  const page = await app.logIn();
  app.browser.setOnline(false);
  await page.logout();
  await app.browser.nextNavigation();
  app.browser.setOnline(true);
  return app;
}

/** A network in which a logout does not reach the server, as with some content blockers. */
const withoutLogout: typeof fetch = (input, init) =>
  /revoke|logout/.test(new Request(input).url)
    ? Promise.reject(new TypeError('Failed to fetch'))
    : fetch(input, init);

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
])('a tab that finishes a pending logout in the mode %s', (_name, mode) => {
  test('a tab that finishes a pending logout keeps the login that is in progress in another tab', async () => {
    const app = await logOutOffline(mode);
    const options = { fetch: withoutLogout };
    app
      .createPage(options)
      .loginWithRedirect()
      .catch(() => {});
    const loginPage = await app.browser.nextNavigation();
    await app.createPage(options).start();
    await app.browser.go(loginPage, { user: 'grace' });
    const page = app.createPage(options);
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a tab that finishes a pending logout keeps the login that another tab has made meanwhile', async () => {
    const app = await logOutOffline(mode);
    const database = delayDatabase();
    const waking = app.createPage().start();
    await database.isWanted;
    await app.logIn({ user: 'grace' });
    database.open();
    await waking;
    const next = app.createPage();
    await next.start();
    await next.renew();
    expect(next.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });
});
