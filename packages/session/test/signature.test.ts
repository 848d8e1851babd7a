import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
  });
  browser = openBrowser(server);
});

const createPage = (): Session => createSesamySession({ clientId, verifySignature: true });

/** Serves the keys from a browser cache with these; returns the requested cache modes. */
function cacheKeys(cached: string): readonly (RequestCache | undefined)[] {
  const caches: (RequestCache | undefined)[] = [];
  const next = fetch;
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    if (!new Request(input).url.endsWith('/jwks.json')) return next(input, init);
    caches.push(init?.cache);
    return init?.cache === 'reload' ? next(input, init) : new Response(cached);
  });
  return caches;
}

test('an ID Token signed by the issuer is accepted', async () => {
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot().status).toBe('authenticated');
  expect(browser.requests).toEqual([
    'GET https://token.sesamy.com/.well-known/jwks.json',
    'POST https://token.sesamy.com/oauth/token',
  ]);
});

test('an ID Token signed by a rotated key is accepted', async () => {
  server.control.keys.rotate({ removeOld: true });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot().status).toBe('authenticated');
});

test.each([
  'signature-other-key',
  'signature-bad-bytes',
  'alg-none',
  'alg-hs256-public-key',
] as const)('an ID Token with %s is rejected, and nothing is stored', async (idToken) => {
  server.control.faults.add({ endpoint: 'token', idToken });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot()).toMatchObject({ error: { code: 'callback_rejected' } });
  const reloaded = createPage();
  await reloaded.start();
  expect(reloaded.getSnapshot().status).toBe('unauthenticated');
});

test("the issuer's keys are fetched again, without the cache, only if none matches", async () => {
  const before = await (await fetch('https://token.sesamy.com/.well-known/jwks.json')).text();
  const caches = cacheKeys(before);
  await logIn(server, browser, createPage);
  expect(caches).toEqual(['default']);
  server.control.keys.rotate({ removeOld: true });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot().status).toBe('authenticated');
  expect(caches).toEqual(['default', 'default', 'reload']);
});

test('unavailable issuer keys are a network error, and the code is not exchanged', async () => {
  server.control.faults.add({ endpoint: 'jwks', status: 503 });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot()).toMatchObject({ error: { code: 'network', retryable: true } });
  expect(browser.requests).not.toContain('POST https://token.sesamy.com/oauth/token');
  const reloaded = createPage();
  await reloaded.start();
  expect(reloaded.getSnapshot().status).toBe('authenticated');
});

describe('a refresh', () => {
  test.each([
    'signature-other-key',
    'signature-bad-bytes',
    'alg-none',
    'iss-invalid',
    'aud-invalid',
  ] as const)('a refresh is rejected if its ID Token has %s', async (idToken) => {
    const page = await logIn(server, browser, createPage);
    browser.advanceClock(4000);
    server.control.faults.add({ endpoint: 'token', grant: 'refresh_token', idToken });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'callback_rejected' });
  });

  test('a refresh is accepted if its ID Token is signed by a key newer than the login', async () => {
    const page = await logIn(server, browser, createPage);
    server.control.keys.rotate({ removeOld: true });
    browser.advanceClock(4000);
    expect(await page.getAccessToken()).toMatch(/./);
    expect(page.getSnapshot().status).toBe('authenticated');
  });

  test("a refresh token is not used while the issuer's keys are unavailable", async () => {
    const page = await logIn(server, browser, createPage);
    browser.advanceClock(4000);
    server.control.faults.add({ endpoint: 'jwks', status: 503 });
    expect(await rejectionOf(page.getAccessToken())).toMatchObject({ code: 'network' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
    expect(await page.getAccessToken()).toMatch(/./);
  });
});

test('without verifySignature no keys are requested', async () => {
  await logIn(server, browser, () => createSesamySession({ clientId }));
  expect(browser.requests).toEqual(['POST https://token.sesamy.com/oauth/token']);
});
