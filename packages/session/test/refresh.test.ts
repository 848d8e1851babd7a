import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';
const refreshes = { endpoint: 'token', grant: 'refresh_token' } as const;

let server: MockServer;
let browser: TestBrowser;
let page: Session;

beforeEach(async () => {
  server = createMockServer({
    clients: [
      {
        clientId: 'publisher-web',
        callbacks: [`${origin}/`],
        // No grace for a token that is spent twice.
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      },
    ],
  });
  browser = openBrowser(server);
  page = await logIn(server, browser, createPage);
});

afterEach(() => {
  vi.useRealTimers();
});

function createPage(): Session {
  return createSesamySession({ clientId: 'publisher-web' });
}

/** Advances the clocks of the device and the server. */
function pass(seconds: number): void {
  browser.advanceClock(seconds);
  server.control.clock.advance({ seconds });
}

describe('a fresh access token', () => {
  test('a valid access token is returned without a request', async () => {
    const before = browser.requests.length;
    expect(await page.getAccessToken()).toBe(await page.getAccessToken());
    expect(browser.requests).toHaveLength(before);
  });

  test('an access token is refreshed for a caller who needs a longer validity', async () => {
    await page.getAccessToken({ minValiditySeconds: 3600 });
    expect(server.control.requests.count(refreshes)).toBe(1);
  });
});

describe('an expired access token', () => {
  test('an expired access token is refreshed once for any number of callers', async () => {
    pass(4000);
    const tokens = await Promise.all(Array.from({ length: 1000 }, () => page.getAccessToken()));
    expect(new Set(tokens).size).toBe(1);
    expect(server.control.requests.count(refreshes)).toBe(1);
  });

  test('an expired access token is refreshed once for all tabs, without refresh token reuse', async () => {
    const tabs = [page, createPage(), createPage(), createPage(), createPage()];
    await Promise.all(tabs.map((tab) => tab.start()));
    pass(4000);
    const tokens = await Promise.all(tabs.map((tab) => tab.getAccessToken()));
    expect(new Set(tokens).size).toBe(1);
    expect(server.control.requests.count(refreshes)).toBe(1);
  });

  test('an expired access token is refreshed after a reload', async () => {
    pass(4000);
    const reloaded = createPage();
    await reloaded.getAccessToken();
    expect(server.control.requests.count(refreshes)).toBe(1);
    expect(reloaded.getSnapshot().status).toBe('authenticated');
  });

  test('a refresh does not change the state', async () => {
    const before = page.getSnapshot();
    const listener = vi.fn<() => void>();
    const unsubscribe = page.subscribe(listener);
    pass(4000);
    await page.getAccessToken();
    unsubscribe();
    expect(listener).not.toHaveBeenCalled();
    expect(page.getSnapshot()).toBe(before);
  });

  test('a session survives many consecutive refreshes', async () => {
    for (let round = 1; round <= 5; round += 1) {
      pass(4000);
      await page.getAccessToken();
    }
    expect(server.control.requests.count(refreshes)).toBe(5);
    expect(page.getSnapshot().status).toBe('authenticated');
  });
});

describe('a refresh that fails', () => {
  test.each([
    ['a server error', { status: 503 }, 'network'],
    ['too many requests', { status: 429 }, 'network'],
    ['a captive portal', { status: 200, body: '<html>Log in to this Wi-Fi</html>' }, 'network'],
    ['a connection that is reset', { reset: true }, 'network'],
    [
      'another refusal than of the grant',
      { status: 403, body: { message: 'No' } },
      'authorization_failed',
    ],
  ])('a failed refresh keeps the session and recovers: %s', async (_name, fault, code) => {
    pass(4000);
    server.control.faults.add({ ...refreshes, ...fault });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ name: 'AuthError', code });
    expect(page.getSnapshot().status).toBe('authenticated');
    expect(await page.getAccessToken()).toEqual(expect.any(String));
  });

  test.each([
    ['is lost', { loseAnswer: true }],
    ['is cut off', { truncate: true }],
  ])(
    "a refresh recovers within the server's reuse grace period when the response %s",
    async (_name, fault) => {
      server.control.clients.update('publisher-web', {
        refreshToken: { rotation: 'rotating', leewaySeconds: 30 },
      });
      pass(4000);
      server.control.faults.add({ ...refreshes, ...fault });
      expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'network' });
      expect(await page.getAccessToken()).toEqual(expect.any(String));
    },
  );

  test("a failed refresh reports the server's Retry-After", async () => {
    pass(4000);
    server.control.faults.add({ ...refreshes, status: 429, headers: { 'retry-after': '7' } });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ retryAfterSeconds: 7 });
  });

  test("no refresh is sent before the server's Retry-After has passed", async () => {
    pass(4000);
    server.control.faults.add({ ...refreshes, status: 429, headers: { 'retry-after': '7' } });
    await rejectionOf(page.getAccessToken());
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'network',
      retryAfterSeconds: 7,
    });
    expect(server.control.requests.count(refreshes)).toBe(1);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 7_000);
    expect(await page.getAccessToken()).toEqual(expect.any(String));
  });

  test('a session is kept while offline and refreshed when online', async () => {
    pass(4000);
    browser.setOnline(false);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ retryable: true });
    expect(page.getSnapshot().status).toBe('authenticated');
    browser.setOnline(true);
    expect(await page.getAccessToken()).toEqual(expect.any(String));
  });

  test('a refresh ends the session when the server has revoked the grant', async () => {
    const [family] = server.control.refreshTokens.list();
    if (family === undefined) throw new Error('The login gave no refresh token.');
    server.control.refreshTokens.revoke(family.id);
    pass(4000);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({
      code: 'login_required',
      oauthError: 'invalid_grant',
    });
    expect(page.getSnapshot()).toEqual({
      status: 'unauthenticated',
      reason: 'revoked',
      error: null,
    });
  });

  test('a refresh ends the session as expired when the grant has expired', async () => {
    pass(30 * 24 * 3600);
    await rejectionOf(page.getAccessToken());
    expect(page.getSnapshot()).toMatchObject({ reason: 'expired' });
  });

  test('a session ended by a refresh leaves nothing for the next page', async () => {
    pass(30 * 24 * 3600);
    await rejectionOf(page.getAccessToken());
    const reloaded = createPage();
    expect(reloaded.getSnapshot()).toEqual({ status: 'initializing' });
    await reloaded.start();
    expect(reloaded.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
  });

  test('a refresh stores nothing if the response is for another user', async () => {
    const { sub } = { sub: 'email|grace' };
    pass(4000);
    server.control.faults.add({ ...refreshes, body: answerFor(sub), status: 200 });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'callback_rejected' });
    expect(page.getSnapshot()).toMatchObject({ user: { sub: 'email|ada' } });
  });
});

describe('a session without a refresh token', () => {
  beforeEach(async () => {
    server.control.faults.add({ endpoint: 'token', tokenAnswer: 'refresh-token-missing' });
    page = await logIn(server, browser, createPage);
  });

  test('a session without a refresh token lasts as long as its access token', async () => {
    expect(await rejectionOf(page.getAccessToken({ minValiditySeconds: 4000 }))).toMatchObject({
      code: 'authorization_failed',
    });
    expect(await page.getAccessToken()).toEqual(expect.any(String));
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('a session without a refresh token expires with its access token', async () => {
    pass(4000);
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'login_required' });
    expect(page.getSnapshot()).toMatchObject({ reason: 'expired' });
  });
});

describe('waiting for a token', () => {
  test('an aborted caller stops waiting, and the refresh continues for the others', async () => {
    pass(4000);
    server.control.faults.add({ ...refreshes, delayMs: 20 });
    const stop = new AbortController();
    const impatient = page.getAccessToken({ signal: stop.signal });
    const patient = page.getAccessToken();
    stop.abort();
    expect(await rejectionOf(impatient)).toMatchObject({ code: 'aborted' });
    expect(await patient).toEqual(expect.any(String));
    expect(server.control.requests.count(refreshes)).toBe(1);
  });
});

function answerFor(sub: string): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: 'https://token.sesamy.com/',
    aud: 'publisher-web',
    sub,
    iat: now,
    exp: now + 3600,
  };
  const idToken = `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
  return { access_token: 'other', token_type: 'Bearer', expires_in: 3600, id_token: idToken };
}
