import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';
const profileUrl = 'https://api.sesamy.com/client/v1/profile';

let server: MockServer;
let browser: TestBrowser;
let page: Session;

beforeEach(async () => {
  server = createMockServer({
    clients: [{ clientId: 'publisher-web', callbacks: [`${origin}/`] }],
  });
  browser = openBrowser(server);
  page = await logIn(server, browser, () => createSesamySession({ clientId: 'publisher-web' }));
});

/** Responds to the first request for `url` with a 401, and passes the rest on. */
function answerOnceFrom(url: string, next: typeof fetch): typeof fetch {
  let isAnswered = false;
  return async (input, init) => {
    const isIt = new Request(input, init).url === url && !isAnswered;
    if (!isIt) return next(input, init);
    isAnswered = true;
    return new Response(null, { status: 401 });
  };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('session.fetch', () => {
  test('session.fetch calls the API as the signed-in user', async () => {
    const response = await page.fetch(profileUrl);
    expect(await response.json()).toMatchObject({ userId: 'email|ada', firstName: 'Ada' });
  });

  test('session.fetch refreshes an expired token before the request', async () => {
    browser.advanceClock(4000);
    expect((await page.fetch(profileUrl)).status).toBe(200);
    expect(browser.requests.slice(-2)).toEqual([
      'POST https://token.sesamy.com/oauth/token',
      `GET ${profileUrl}`,
    ]);
  });

  test('session.fetch refreshes once after a 401 and retries with the body', async () => {
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401 });
    const response = await page.fetch(profileUrl, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ nickname: 'Countess' }),
    });
    expect(await response.json()).toMatchObject({ nickname: 'Countess' });
    expect(browser.requests.slice(-3)).toEqual([
      `PATCH ${profileUrl}`,
      'POST https://token.sesamy.com/oauth/token',
      `PATCH ${profileUrl}`,
    ]);
  });

  test('session.fetch returns a second 401 and keeps the session', async () => {
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 2 });
    expect((await page.fetch(profileUrl)).status).toBe(401);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test.each([
    'https://evil.test/client/v1/profile',
    'https://api.sesamy.com.evil.test/',
    'https://api.sesamy.com@evil.test/',
    'http://api.sesamy.com/',
    'https://api.sesamy.com:8443/',
    '//evil.test/',
    '/on-the-page',
  ])('session.fetch sends nothing to an origin that is not allowed: %s', async (url) => {
    const before = browser.requests.length;
    expect(await rejectionOf(page.fetch(new URL(url, origin)))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(browser.requests).toHaveLength(before);
  });

  test('session.fetch returns a 401 without a refresh if the token is seconds old', async () => {
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 'until-cleared' });
    for (let call = 0; call < 10; call += 1)
      expect((await page.fetch(profileUrl)).status).toBe(401);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
  });

  test('session.fetch refreshes at most once for an API that always returns 401', async () => {
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 'until-cleared' });
    for (let call = 0; call < 10; call += 1) {
      browser.advanceClock(60);
      expect((await page.fetch(`${profileUrl}?call=${call}`)).status).toBe(401);
    }
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('ten concurrent calls that an API rejects share one refresh', async () => {
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 'until-cleared' });
    await Promise.all(Array.from({ length: 10 }, () => page.fetch(profileUrl)));
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });

  test('a futile refresh for one origin does not stop a refresh for another', async () => {
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 2 });
    const own = 'https://backend.publisher.test';
    const both = createSesamySession({ clientId: 'publisher-web', allowedOrigins: [own] });
    await both.fetch(profileUrl);
    browser.advanceClock(60);
    vi.stubGlobal('fetch', answerOnceFrom(`${own}/comments`, fetch));
    expect((await both.fetch(`${own}/comments`)).status).not.toBe(401);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(2);
  });

  test('session.fetch refreshes again for an origin some time after a futile refresh', async () => {
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401, times: 2 });
    await page.fetch(profileUrl);
    browser.advanceClock(60);
    // The device's clock may be set; this one is not.
    const later = performance.now() + 3_700_000;
    vi.spyOn(performance, 'now').mockReturnValue(later);
    await page.fetch(profileUrl);
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401 });
    expect((await page.fetch(profileUrl)).status).toBe(200);
  });

  test('session.fetch returns a 401 without a refresh token, and keeps the session', async () => {
    server.control.faults.add({ endpoint: 'token', tokenAnswer: 'refresh-token-missing' });
    const own = await logIn(server, browser, () =>
      createSesamySession({ clientId: 'publisher-web' }),
    );
    browser.advanceClock(60);
    server.control.faults.add({ endpoint: 'profile', status: 401 });
    expect((await own.fetch(profileUrl)).status).toBe(401);
    expect(own.getSnapshot().status).toBe('authenticated');
  });

  test('session.fetch uses a short-lived token more than once', async () => {
    server.control.faults.add({ endpoint: 'token', tokenAnswer: 'expires-in-zero' });
    const own = await logIn(server, browser, () =>
      createSesamySession({ clientId: 'publisher-web' }),
    );
    for (let call = 0; call < 5; call += 1) await own.fetch(profileUrl);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
  });

  describe('an API that redirects', () => {
    const target = 'https://evil.test/';

    beforeEach(() => {
      server.control.faults.add({
        endpoint: 'profile',
        status: 307,
        headers: { location: target },
      });
    });

    test('session.fetch follows no redirect by default, and its error names the option that does', async () => {
      const error = await rejectionOf(page.fetch(profileUrl));
      expect(error).toMatchObject({ code: 'invalid_configuration', retryable: false });
      expect((error as Error).message).toContain("redirect: 'follow'");
      expect((error as Error).message).toContain('https://api.sesamy.com');
      expect((error as Error).message).not.toContain(target);
      expect(browser.requests).not.toContain(`GET ${target}`);
    });

    test('session.fetch returns a redirect response with redirect: manual', async () => {
      expect((await page.fetch(profileUrl, { redirect: 'manual' })).status).toBe(307);
    });

    test('session.fetch returns a redirect response for a Request with redirect: manual', async () => {
      const request = new Request(profileUrl, { redirect: 'manual' });
      expect((await page.fetch(request)).status).toBe(307);
    });

    test('session.fetch rejects a redirect with a network error with redirect: error', async () => {
      expect(await rejectionOf(page.fetch(profileUrl, { redirect: 'error' }))).toMatchObject({
        code: 'network',
      });
    });
  });

  test('session.fetch rejects with loginOptions, without a refresh, when the API requires a stronger login', async () => {
    server.control.faults.add({
      endpoint: 'profile',
      status: 401,
      headers: {
        'www-authenticate':
          'Bearer error="insufficient_user_authentication", acr_values="mfa", max_age="60"',
      },
    });
    expect(await rejectionOf(page.fetch(profileUrl))).toMatchObject({
      code: 'login_required',
      loginOptions: { acrValues: 'mfa', maxAgeSeconds: 60 },
    });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('session.fetch sends credentials to an origin in allowedOrigins', async () => {
    const own = createSesamySession({
      clientId: 'publisher-web',
      allowedOrigins: ['https://backend.publisher.test'],
    });
    await own.fetch('https://backend.publisher.test/comments');
    expect(browser.requests.at(-1)).toBe('GET https://backend.publisher.test/comments');
  });

  test('session.fetch rejects with network when the API is unreachable', async () => {
    browser.setOnline(false);
    expect(await rejectionOf(page.fetch(profileUrl))).toMatchObject({ code: 'network' });
  });

  test("session.fetch rejects with aborted on the caller's signal", async () => {
    server.control.faults.add({ endpoint: 'profile', hang: true });
    const stop = new AbortController();
    const call = page.fetch(profileUrl, { signal: stop.signal });
    void server.control.requests.waitFor().catch(() => {});
    setTimeout(() => stop.abort());
    expect(await rejectionOf(call)).toMatchObject({ code: 'aborted' });
  });
});

describe('session.fetchUserInfo', () => {
  test("fetchUserInfo resolves to the user's current claims", async () => {
    server.control.users.update('ada', { nickname: 'Countess' });
    expect(await page.fetchUserInfo()).toMatchObject({ sub: 'email|ada', nickname: 'Countess' });
    expect(page.getSnapshot()).not.toMatchObject({ user: { nickname: 'Countess' } });
  });

  test("fetchUserInfo rejects a response for a user other than the session's", async () => {
    server.control.faults.add({ endpoint: 'userinfo', userinfoSub: 'email|grace' });
    expect(await rejectionOf(page.fetchUserInfo())).toMatchObject({ code: 'callback_rejected' });
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test('fetchUserInfo rejects a response without a user', async () => {
    server.control.faults.add({ endpoint: 'userinfo', status: 200, body: { name: 'Ada' } });
    expect(await rejectionOf(page.fetchUserInfo())).toMatchObject({ code: 'callback_rejected' });
  });

  test('fetchUserInfo renews an expired token first', async () => {
    browser.advanceClock(4000);
    expect(await page.fetchUserInfo()).toMatchObject({ sub: 'email|ada' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });

  test('fetchUserInfo rejects with login_required when no user is signed in', async () => {
    const other = createSesamySession({ clientId: 'publisher-web', audience: 'urn:other' });
    expect(await rejectionOf(other.fetchUserInfo())).toMatchObject({ code: 'login_required' });
  });

  test("fetchUserInfo rejects with aborted on the caller's signal", async () => {
    expect(await rejectionOf(page.fetchUserInfo({ signal: AbortSignal.abort() }))).toMatchObject({
      code: 'aborted',
    });
  });
});

describe('session.fetchJson', () => {
  test('fetchJson resolves to the body of a successful response', async () => {
    expect(await page.fetchJson(profileUrl)).toMatchObject({ userId: 'email|ada' });
  });

  test('fetchJson resolves to data, or to the envelope with envelope: true', async () => {
    const body = { data: [1, 2], meta: { cursor: 'next' } };
    server.control.faults.add({ endpoint: 'profile', status: 200, body, times: 2 });
    expect(await page.fetchJson(profileUrl)).toEqual([1, 2]);
    expect(await page.fetchJson(profileUrl, { envelope: true })).toEqual(body);
  });

  test("fetchJson rejects with the API's error code and description", async () => {
    const error = await rejectionOf(
      page.fetchJson(profileUrl, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ firstName: 42 }),
      }),
    );
    expect(error).toMatchObject({ name: 'ApiError', status: 400, code: 'validation_error' });
  });
});
