import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, expect, test } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, type TestBrowser } from './browser.js';

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

test('a signature by the issuer logs in', async () => {
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot().status).toBe('authenticated');
  expect(browser.requests).toEqual([
    'POST https://token.sesamy.com/oauth/token',
    'GET https://token.sesamy.com/.well-known/jwks.json',
  ]);
});

test('a signature by a key that came after a rotation logs in', async () => {
  server.control.keys.rotate({ removeOld: true });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot().status).toBe('authenticated');
});

test.each([
  'signature-other-key',
  'signature-bad-bytes',
  'alg-none',
  'alg-hs256-public-key',
] as const)('a token is refused with %s, and nothing is stored', async (idToken) => {
  server.control.faults.add({ endpoint: 'token', idToken });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot()).toMatchObject({ error: { code: 'callback_rejected' } });
  const reloaded = createPage();
  await reloaded.start();
  expect(reloaded.getSnapshot().status).toBe('unauthenticated');
});

test('keys that cannot be had are a matter of the network', async () => {
  server.control.faults.add({ endpoint: 'jwks', status: 503 });
  const page = await logIn(server, browser, createPage);
  expect(page.getSnapshot()).toMatchObject({ error: { code: 'network', retryable: true } });
});

test('without the option no keys are asked for', async () => {
  await logIn(server, browser, () => createSesamySession({ clientId }));
  expect(browser.requests).toEqual(['POST https://token.sesamy.com/oauth/token']);
});
