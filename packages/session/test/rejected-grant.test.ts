import { createMockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { rejectionOf } from './browser.js';
import { leaveForLogin, openApp, stateOf, type TestApp } from './support/app.js';
import { everythingStored, TOKEN } from './support/evidence.js';
import { APP_ORIGIN } from './support/modes/mode.js';
import { refreshToken } from './support/modes/refresh-token.js';
import { ssoCookie } from './support/modes/sso-cookie.js';
import { onStored } from './support/storage.js';

/** Tests what becomes of a refresh token that a login or a renewal receives and cannot keep. */
let app: TestApp;

const strict = z.object({ sub: z.string(), plan: z.string() });

/** Resolves when the server has revoked every refresh token that it has issued, of which there are `count`. */
async function allRevoked(count = 1): Promise<void> {
  await vi.waitFor(() => {
    const families = app.server.control.refreshTokens.list();
    expect(families.map(({ revokedAt }) => typeof revokedAt)).toEqual(
      Array.from({ length: count }, () => 'number'),
    );
  });
}

/** Resolves when no refresh token is valid. */
async function noneLeft(): Promise<void> {
  await vi.waitFor(() => {
    const families = app.server.control.refreshTokens.list();
    expect(families.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
  });
}

async function answerInWindow(): Promise<void> {
  const { browser } = app;
  const opener = location.href;
  await browser.go(await browser.popups.last().url, { user: 'ada' });
  await app.createPage().start();
  browser.visit(opener);
}

describe('a login whose token response is rejected', () => {
  beforeEach(() => {
    app = openApp(refreshToken);
  });

  test('a login by redirect revokes its grant if the ID Token is rejected', async () => {
    app.server.control.faults.add({ endpoint: 'token', idToken: 'nonce-invalid' });
    const page = await app.logIn();
    expect(page.getSnapshot().error).toMatchObject({ code: 'callback_rejected' });
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a login by redirect revokes its grant if the claims do not match the userSchema', async () => {
    const page = await app.logIn({ options: { userSchema: strict } });
    expect(page.getSnapshot().error).toMatchObject({ code: 'claims_rejected' });
    await allRevoked();
  });

  test('a login by popup revokes its grant if the ID Token is rejected', async () => {
    app.server.control.faults.add({ endpoint: 'token', idToken: 'aud-invalid' });
    const failing = rejectionOf(app.createPage().loginWithPopup());
    await answerInWindow();
    expect(await failing).toMatchObject({ code: 'callback_rejected' });
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a rejected login shows its error before the server has revoked the grant', async () => {
    app.server.control.faults.add({ endpoint: 'token', idToken: 'nonce-invalid' });
    app.server.control.faults.add({ endpoint: 'revoke', hang: true });
    const page = await app.logIn();
    expect(page.getSnapshot().error).toMatchObject({ code: 'callback_rejected' });
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a rejected login revokes only its own grant, so that an earlier session stays', async () => {
    const page = await app.logIn();
    app.server.control.faults.add({ endpoint: 'token', idToken: 'nonce-invalid' });
    const failing = rejectionOf(page.loginWithPopup({ prompt: 'login' }));
    await answerInWindow();
    expect(await failing).toMatchObject({ code: 'callback_rejected' });
    await vi.waitFor(() =>
      expect(
        app.server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt === null),
      ).toEqual([true, false]),
    );
    await page.renew();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
  });
});

describe('a renewal whose token response is rejected', () => {
  const refreshes = { endpoint: 'token', grant: 'refresh_token' } as const;

  test.each(['sub-missing', 'aud-invalid', 'iss-invalid', 'exp-past'] as const)(
    'a renewal revokes the refresh token that came with an ID Token with %s, and the server then ends the session',
    async (idToken) => {
      app = openApp(refreshToken);
      const page = await app.logIn();
      app.server.control.faults.add({ ...refreshes, idToken });
      expect(await rejectionOf(page.renew())).toMatchObject({ code: 'callback_rejected' });
      expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
      await allRevoked();
      expect(await rejectionOf(page.renew())).toMatchObject({ code: 'login_required' });
      expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', reason: 'revoked' });
      expect(await everythingStored()).not.toMatch(TOKEN);
    },
  );

  test('a renewal that could not revoke its refresh token leaves that to the next page', async () => {
    app = openApp(refreshToken);
    const page = await app.logIn();
    app.server.control.faults.add({ ...refreshes, idToken: 'aud-invalid' });
    app.server.control.faults.add({ endpoint: 'revoke', status: 503 });
    await rejectionOf(page.renew());
    await vi.waitFor(() =>
      expect(app.server.control.requests.count({ path: '/oauth/revoke' })).toBe(1),
    );
    await app.createPage().start();
    await allRevoked();
  });

  test('a renewal keeps a refresh token that the server has not replaced', async () => {
    app = openApp({
      ...refreshToken,
      createServer: (clientId) =>
        createMockServer({
          clients: [
            {
              clientId,
              callbacks: [`${APP_ORIGIN}/`],
              refreshToken: { rotation: 'non-rotating', leewaySeconds: 0 },
            },
          ],
        }),
    });
    const page = await app.logIn();
    app.server.control.faults.add({ ...refreshes, idToken: 'aud-invalid' });
    expect(await rejectionOf(page.renew())).toMatchObject({ code: 'callback_rejected' });
    await page.renew();
    expect(page.getSnapshot()).toMatchObject({ status: 'authenticated' });
    expect(app.browser.requests.filter((request) => request.includes('revoke'))).toEqual([]);
  });
});

describe.each([
  ['refresh-token', refreshToken],
  ['sso-cookie', ssoCookie],
])('a logout while a login exchanges its code in the mode %s', (_name, mode) => {
  const options = { scope: 'openid profile offline_access' };

  beforeEach(() => {
    app = openApp(mode);
  });

  test('a popup login that ends after a logout of its page signs no one in, and revokes its grant', async () => {
    const page = app.createPage(options);
    const failing = rejectionOf(page.loginWithPopup());
    const release = app.browser.hold('/oauth/token');
    await answerInWindow();
    await vi.waitFor(() => expect(app.server.control.refreshTokens.list()).toHaveLength(1));
    const left = page.logout();
    release();
    expect(await failing).toMatchObject({ code: 'login_required' });
    await left;
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
    const next = app.createPage(options);
    expect(next.getSnapshot().status).toBe('initializing');
  });

  test('a popup login that ends after a logout in another tab signs no one in, and revokes its grant', async () => {
    const page = app.createPage(options);
    const unsubscribe = page.subscribe(() => {});
    const failing = rejectionOf(page.loginWithPopup());
    const release = app.browser.hold('/oauth/token');
    await answerInWindow();
    await vi.waitFor(() => expect(app.server.control.refreshTokens.list()).toHaveLength(1));
    await app.createPage(options).logout();
    release();
    expect(await failing).toMatchObject({ code: 'login_required' });
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
    await allRevoked();
    unsubscribe();
  });
});

describe('a logout notice that arrives after a login', () => {
  /** Holds the next notice to the other tabs; returns a function that sends it. */
  function holdNotice(): () => void {
    let send = (): void => {};
    vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementationOnce(function (
      this: BroadcastChannel,
      notice: unknown,
    ) {
      const { name } = this;
      send = () => {
        const channel = new BroadcastChannel(name);
        channel.postMessage(notice);
        channel.close();
      };
    });
    return () => send();
  }

  test('a login that was stored just before the notice of a logout is removed, and its grant is revoked', async () => {
    app = openApp(refreshToken);
    await leaveForLogin(app, { user: 'ada' });
    const release = app.browser.hold('/oauth/token');
    const page = app.createPage();
    const starting = page.start();
    await vi.waitFor(() => expect(app.server.control.refreshTokens.list()).toHaveLength(1));
    const callback = location.href;
    app.browser.visit('/');
    const sendNotice = holdNotice();
    await app.createPage().logout();
    app.browser.visit(callback);
    release();
    await starting;
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    expect(page.getSnapshot().status).toBe('authenticated');
    sendNotice();
    expect(await ended).toMatchObject({ reason: 'logged-out-elsewhere' });
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a notice of a logout that arrives while a login is being completed signs no one in', async () => {
    app = openApp(refreshToken);
    await leaveForLogin(app, { user: 'ada' });
    const page = app.createPage();
    onTestFinished(page.subscribe(() => {}));
    // By then the tokens are stored, and the login's transaction is not removed yet.
    onStored('email|ada', (name) => {
      const channel = new BroadcastChannel(name);
      channel.postMessage('logged-out');
      channel.close();
    });
    await page.start();
    await vi.waitFor(() => expect(page.getSnapshot().status).toBe('unauthenticated'));
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a login that another tab has made since the logout stays', async () => {
    app = openApp(refreshToken);
    const page = await app.logIn();
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    const sendNotice = holdNotice();
    await app.createPage().logout();
    await app.browser.nextNavigation();
    await app.logIn({ user: 'grace' });
    sendNotice();
    await ended;
    const next = app.createPage();
    await next.start();
    await next.renew();
    expect(next.getSnapshot()).toMatchObject({ user: { sub: 'email|grace' } });
  });
});

describe('a refresh token in memory beside a session cookie', () => {
  const options = { scope: 'openid profile offline_access' };

  test('a refresh token in memory is revoked at a logout', async () => {
    app = openApp(ssoCookie);
    const page = await app.logIn({ options });
    await page.logout();
    await allRevoked();
    expect(await everythingStored()).not.toMatch(TOKEN);
  });

  test('a refresh token in memory is revoked at a logout in another tab', async () => {
    app = openApp(ssoCookie);
    const page = await app.logIn({ options });
    const ended = stateOf(page, ({ status }) => status === 'unauthenticated');
    await app.createPage(options).logout({ local: true });
    await ended;
    await noneLeft();
  });

  test('a refresh token in memory that the server could not revoke is revoked by the next page', async () => {
    app = openApp(ssoCookie);
    const page = await app.logIn({ options });
    app.browser.setOnline(false);
    await page.logout();
    app.browser.setOnline(true);
    await app.createPage(options).start();
    await allRevoked();
  });
});

describe('a silent login', () => {
  const options = { scope: 'openid profile offline_access' };

  test('a silent login revokes the refresh token that it replaces', async () => {
    app = openApp(ssoCookie);
    const page = await app.logIn({ options });
    await page.renew();
    await vi.waitFor(() =>
      expect(
        app.server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt === null),
      ).toEqual([false, true]),
    );
  });

  test('a silent login revokes its grant if the ID Token is rejected', async () => {
    app = openApp(ssoCookie);
    const page = await app.logIn({ options });
    app.server.control.faults.add({ endpoint: 'token', idToken: 'nonce-invalid' });
    expect(await rejectionOf(page.renew())).toMatchObject({ code: 'callback_rejected' });
    await vi.waitFor(() =>
      expect(
        app.server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt === null),
      ).toEqual([true, false]),
    );
  });
});
