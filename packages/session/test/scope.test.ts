import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSesamySession, isLoginDue, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';
const narrow = 'profile email';
const wide = 'profile email orders:read';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
  });
  browser = openBrowser(server);
});

const createPage = (scope: string): Session => createSesamySession({ clientId, scope });

describe('a deploy with a wider scope', () => {
  test('a deploy with a wider scope requires a login, without an error, and returns no token of the old scope', async () => {
    await logIn(server, browser, () => createPage(narrow));
    const page = createPage(wide);
    // As it was remembered, until the record is read.
    expect(page.getSnapshot().status).toBe('authenticated');
    await page.start();
    expect(page.getSnapshot()).toEqual({
      status: 'unauthenticated',
      reason: 'expired',
      error: null,
    });
    expect(isLoginDue(page.getSnapshot())).toBe(true);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'login_required' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
  });

  test('a login with a wider scope survives a reload', async () => {
    await logIn(server, browser, () => createPage(narrow));
    await logIn(server, browser, () => createPage(wide));
    const reloaded = createPage(wide);
    await reloaded.start();
    expect(reloaded.getSnapshot().status).toBe('authenticated');
  });

  test('a deploy with a wider scope keeps the session of a tab of the older deploy', async () => {
    const old = await logIn(server, browser, () => createPage(narrow));
    await createPage(wide).start();
    browser.advanceClock(4000);
    expect(await old.getAccessToken()).toMatch(/./);
    expect(old.getSnapshot().status).toBe('authenticated');
  });
});

test.each([
  ['a narrower scope', narrow],
  ['the same scope in another order', 'orders:read email  profile'],
])('a deploy that requests %s keeps the session', async (_what, scope) => {
  await logIn(server, browser, () => createPage(wide));
  const page = createPage(scope);
  await page.start();
  expect(page.getSnapshot().status).toBe('authenticated');
});

test('a refresh keeps the scope that the login requested', async () => {
  const first = await logIn(server, browser, () => createPage(wide));
  browser.advanceClock(4000);
  await first.getAccessToken();
  const page = createPage(wide);
  await page.start();
  expect(page.getSnapshot().status).toBe('authenticated');
});

describe('a login over a login', () => {
  const revocations = (): number => server.control.requests.count({ endpoint: 'revoke' });
  const revoked = (): boolean[] =>
    server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt !== null);

  test('a login over a login revokes the refresh token that it replaces, and no other', async () => {
    await logIn(server, browser, () => createPage(narrow));
    const page = await logIn(server, browser, () => createPage(narrow));
    await expect.poll(revoked).toEqual([true, false]);
    browser.advanceClock(4000);
    expect(await page.getAccessToken()).toMatch(/./);
  });

  test('a login of another user revokes the refresh token that it replaces', async () => {
    await logIn(server, browser, () => createPage(narrow));
    await logIn(server, browser, () => createPage(narrow), 'grace');
    await expect.poll(revocations).toBe(1);
  });

  test('a replaced refresh token is revoked at the next load if the server was unreachable', async () => {
    await logIn(server, browser, () => createPage(narrow));
    server.control.faults.add({ endpoint: 'revoke', status: 503 });
    await logIn(server, browser, () => createPage(narrow));
    await expect.poll(revocations).toBe(1);
    const page = createPage(narrow);
    await page.start();
    await expect.poll(revocations).toBe(2);
  });

  test('a failed login revokes its own refresh token, and not the one that it would have replaced', async () => {
    await logIn(server, browser, () => createPage(narrow));
    server.control.faults.add({ endpoint: 'token', idToken: 'nonce-invalid' });
    await logIn(server, browser, () => createPage(narrow));
    await expect.poll(revoked).toEqual([false, true]);
  });

  test('a first login revokes nothing', async () => {
    await logIn(server, browser, () => createPage(narrow));
    expect(revocations()).toBe(0);
  });
});
