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

afterEach(() => {
  vi.useRealTimers();
});

describe('session.fetch', () => {
  test('calls the API as the signed-in user', async () => {
    const response = await page.fetch(profileUrl);
    expect(await response.json()).toMatchObject({ userId: 'email|ada', firstName: 'Ada' });
  });

  test('refreshes an expired token before it calls', async () => {
    browser.advanceClock(4000);
    expect((await page.fetch(profileUrl)).status).toBe(200);
    expect(browser.requests.slice(-2)).toEqual([
      'POST https://token.sesamy.com/oauth/token',
      `GET ${profileUrl}`,
    ]);
  });

  test('answers a 401 by one refresh and one replay, body and all', async () => {
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

  test('hands a second 401 to the caller and keeps the session', async () => {
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
  ])('sends nothing to an origin that is not allowed: %s', async (url) => {
    const before = browser.requests.length;
    expect(await rejectionOf(page.fetch(new URL(url, origin)))).toMatchObject({
      code: 'invalid_configuration',
    });
    expect(browser.requests).toHaveLength(before);
  });

  test('follows no redirect, which could lead the token elsewhere', async () => {
    server.control.faults.add({
      endpoint: 'profile',
      status: 307,
      headers: { location: 'https://evil.test/' },
    });
    expect(await rejectionOf(page.fetch(profileUrl))).toMatchObject({ code: 'network' });
  });

  test('asks for a stronger login where the API does, without a refresh', async () => {
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

  test('sends to an origin that the app allows', async () => {
    const own = createSesamySession({
      clientId: 'publisher-web',
      allowedOrigins: ['https://backend.publisher.test'],
    });
    await own.fetch('https://backend.publisher.test/comments');
    expect(browser.requests.at(-1)).toBe('GET https://backend.publisher.test/comments');
  });

  test('rejects with network when the API cannot be reached', async () => {
    browser.setOnline(false);
    expect(await rejectionOf(page.fetch(profileUrl))).toMatchObject({ code: 'network' });
  });

  test("rejects with aborted on the caller's signal", async () => {
    server.control.faults.add({ endpoint: 'profile', hang: true });
    const stop = new AbortController();
    const call = page.fetch(profileUrl, { signal: stop.signal });
    void server.control.requests.waitFor().catch(() => {});
    setTimeout(() => stop.abort());
    expect(await rejectionOf(call)).toMatchObject({ code: 'aborted' });
  });
});

describe('session.fetchJson', () => {
  test('resolves to the body of a successful answer', async () => {
    expect(await page.fetchJson(profileUrl)).toMatchObject({ userId: 'email|ada' });
  });

  test("rejects with the API's own words and code", async () => {
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
