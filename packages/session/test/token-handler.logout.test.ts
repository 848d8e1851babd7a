import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { rejectionOf } from './browser.js';
import { openApp, profileUrl, stateOf, type TestApp } from './support/app.js';
import { tokenHandler } from './support/modes/token-handler.js';

let app: TestApp;

beforeEach(() => {
  app = openApp(tokenHandler);
});

/** Logs Ada out without a network; her cookies remain. */
async function logOutOffline(): Promise<void> {
  const page = await app.logIn();
  app.browser.setOnline(false);
  await page.logout();
  // To the handler, which is out of reach.
  await app.browser.nextNavigation();
  app.browser.setOnline(true);
}

describe('a logout that has not reached the handler', () => {
  test('a pending logout is sent first at the next start, and no user is signed in', async () => {
    await logOutOffline();
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      reason: 'logged-out',
    });
    expect(document.cookie).not.toContain('sesamy_is_authenticated');
  });

  test('a pending logout is sent at the next start even without the hint cookie', async () => {
    await logOutOffline();
    document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
    const page = app.createPage();
    expect(page.getSnapshot()).toEqual({ status: 'initializing' });
    const told = app.server.control.requests.waitFor({ path: '/auth/logout' });
    await page.start();
    await told;
  });

  test('a pending logout stays pending after a failed login', async () => {
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

  test('no request is sent for a user whose logout is pending', async () => {
    await logOutOffline();
    app.browser.setOnline(false);
    const page = app.createPage();
    await page.start();
    app.browser.setOnline(true);
    expect(await rejectionOf(page.fetch(profileUrl(page)))).toMatchObject({
      code: 'login_required',
    });
  });

  test('a completed login clears the pending logout', async () => {
    await logOutOffline();
    const page = await app.logIn({ user: 'grace', prompt: 'login' });
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
    const reloaded = app.createPage();
    await reloaded.start();
    expect(reloaded.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a completed login clears a pending logout that could not be sent', async () => {
    await logOutOffline();
    app.browser.setOnline(false);
    app
      .createPage()
      .loginWithRedirect({ prompt: 'login' })
      .catch(() => {});
    const url = await app.browser.nextNavigation();
    app.browser.setOnline(true);
    await app.browser.go(url, { user: 'grace' });
    const page = app.createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });

  test('a response in progress in another tab does not clear a pending logout', async () => {
    const page = await app.logIn();
    const deaf = app.createPage();
    await deaf.start();
    app.server.control.faults.add({ endpoint: 'profile', status: 401 });
    const release = app.browser.hold('/sesamy/auth/userinfo');
    const asked = app.server.control.requests.waitFor({ path: '/auth/userinfo' });
    const rejected = rejectionOf(deaf.fetch(profileUrl(deaf)));
    await asked;
    app.browser.setOnline(false);
    await page.logout();
    app.browser.setOnline(true);
    release();
    expect(await rejected).toMatchObject({ code: 'login_required' });
    const later = app.createPage();
    await later.start();
    expect(later.getSnapshot().status).toBe('unauthenticated');
  });

  test('another tab that is notified does not clear a pending logout', async () => {
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

test('a logout is kept when a revalidation in progress fails after it', async () => {
  const page = await app.logIn();
  const other = app.createPage();
  await other.start();
  // The handler cannot renew, and returns a 401.
  app.pass(4000);
  app.server.control.faults.add({ grant: 'refresh_token', status: 503, times: 'until-cleared' });
  const caughtUp = app.server.control.requests.waitFor({ path: '/auth/userinfo' });
  onTestFinished(page.subscribe(() => {}));
  await caughtUp;
  await fetch('/sesamy/auth/userinfo');
  const release = app.browser.hold('/sesamy/auth/userinfo');
  const asked = app.server.control.requests.waitFor({ path: '/auth/userinfo' });
  const channel = new BroadcastChannel(
    `sesamy-kit:${app.clientId}@https://token.sesamy.com/@token-handler`,
  );
  channel.postMessage('changed');
  channel.close();
  await asked;
  const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
  await other.logout();
  await ended;
  release();
  // It takes longer than the responses that were released.
  await fetch('/sesamy/auth/userinfo');
  await new Promise((resolve) => setTimeout(resolve));
  expect(page.getSnapshot().status).toBe('unauthenticated');
});

test('after another user’s login no user is shown until the handler responds', async () => {
  await app.logIn();
  app
    .createPage()
    .loginWithRedirect({ prompt: 'login' })
    .catch(() => {});
  await app.browser.go(await app.browser.nextNavigation(), { user: 'grace' });
  app.browser.setOnline(false);
  const page = app.createPage();
  await page.start();
  expect(page.getSnapshot()).toMatchObject({
    status: 'unauthenticated',
    error: { code: 'network' },
  });
  app.browser.setOnline(true);
  const reloaded = app.createPage();
  await reloaded.start();
  expect(reloaded.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
});

test('a page that was logged out elsewhere calls the API as the user who has logged in since', async () => {
  const page = await app.logIn();
  const other = app.createPage();
  await other.start();
  const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
  await other.logout();
  await ended;
  await app.browser.go(await app.browser.nextNavigation());
  await app.logIn({ user: 'grace' });
  // It can only have the new user from the other tab.
  app.browser.setOnline(false);
  await stateOf(page, ({ status }) => status === 'authenticated');
  app.browser.setOnline(true);
  expect(await page.fetchJson(profileUrl(page))).toMatchObject({ userId: 'email|grace' });
});

test('a session ended by a plain logout link leaves no stored user', async () => {
  await app.logIn();
  document.cookie = 'sesamy_is_authenticated=; Path=/; Max-Age=0';
  const page = app.createPage();
  expect(page.getSnapshot()).toEqual({ status: 'initializing' });
  await page.start();
  expect(Object.values(localStorage).join()).not.toContain('ada@example.com');
});

test('a request started for one user is not retried for another', async () => {
  const page = await app.logIn();
  await app.logIn({ user: 'grace', prompt: 'login' });
  app.server.control.faults.add({ endpoint: 'profile', method: 'PATCH', status: 401 });
  const change = page.fetchJson(profileUrl(page), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: '{"nickname":"Countess"}',
  });
  expect(await rejectionOf(change)).toMatchObject({ code: 'user_changed' });
  expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
});
