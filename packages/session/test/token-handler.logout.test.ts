import { beforeEach, describe, expect, test } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

beforeEach(() => {
  app = openApp(tokenHandler);
});

/** Ada logs out while nothing can be reached; her cookies are still there. */
async function logOutOffline(): Promise<void> {
  const page = await app.logIn();
  app.browser.setOnline(false);
  await page.logout();
  // To the handler, which is out of reach.
  await app.browser.nextNavigation();
  app.browser.setOnline(true);
}

describe('a logout that the handler has not heard of', () => {
  test('comes first at the next start, and then nobody is signed in', async () => {
    await logOutOffline();
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      reason: 'logged-out',
    });
    expect(document.cookie).not.toContain('sesamy_is_authenticated');
  });

  test('is still owed after a login that came to nothing', async () => {
    await logOutOffline();
    app.browser.setOnline(false);
    const page = app.createPage();
    await page.start();
    page.loginWithRedirect().catch(() => {});
    await app.browser.nextNavigation();
    const back = app.createPage();
    await back.start();
    expect(back.getSnapshot().status).toBe('unauthenticated');
    app.browser.setOnline(true);
    const later = app.createPage();
    await later.start();
    expect(later.getSnapshot().status).toBe('unauthenticated');
  });

  test('lets no request speak for whoever has logged out', async () => {
    await logOutOffline();
    app.browser.setOnline(false);
    const page = app.createPage();
    await page.start();
    app.browser.setOnline(true);
    expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
      code: 'login_required',
    });
  });

  test('is not owed by whoever logs in next', async () => {
    await logOutOffline();
    const page = await app.logIn({ user: 'grace', prompt: 'login' });
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
    const reloaded = app.createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('is not struck off by another tab that hears of it', async () => {
    const page = await app.logIn();
    const other = app.createPage();
    await other.start();
    const heard = stateOf(other, ({ status }) => status === 'unauthenticated');
    app.browser.setOnline(false);
    await page.logout();
    await heard;
    app.browser.setOnline(true);
    const later = app.createPage();
    await later.start();
    expect(later.getSnapshot().status).toBe('unauthenticated');
    expect(document.cookie).not.toContain('sesamy_is_authenticated');
  });
});

test('a session that ended by a plain link leaves nothing of its user behind', async () => {
  await app.logIn();
  document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
  const page = app.createPage();
  expect(page.getSnapshot()).toEqual({ status: 'initializing' });
  await page.start();
  expect(Object.values(localStorage).join()).not.toContain('ada@example.com');
});

test('a request begun for one user is not sent again for another', async () => {
  const page = await app.logIn();
  await app.logIn({ user: 'grace', prompt: 'login' });
  app.server.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 401 });
  const change = page.fetchJson(profileUrl(page), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"nickname":"Countess"}',
  });
  expect(await rejectionOf(change)).toMatchObject({ code: 'aborted' });
  expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
});
