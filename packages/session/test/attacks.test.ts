import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';
const createPage = (): Session => createSesamySession({ clientId });

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
    sendsIssParameter: true,
  });
  browser = openBrowser(server);
});

/** Returns the callback URL of Ada's login. */
async function answerLogin(): Promise<URL> {
  createPage()
    .loginWithRedirect()
    .catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  return new URL(await server.control.signIn({ authorizationUrl, user: 'ada' }));
}

/** Expects that a reload finds nothing of the rejected login. */
async function expectNothingStored(): Promise<void> {
  const reloaded = createPage();
  expect(reloaded.getSnapshot()).toEqual({ status: 'initializing' });
  await reloaded.start();
  expect(reloaded.getSnapshot()).toMatchObject({ status: 'unauthenticated' });
}

describe('an ID Token', () => {
  test.each([
    'aud-invalid',
    'aud-missing',
    'aud-second-without-azp',
    'iss-invalid',
    'iss-missing',
    'sub-missing',
    'exp-missing',
    'exp-past',
    'iat-missing',
    'iat-week-ago',
    'nonce-invalid',
    'nonce-missing',
    'alg-none',
    'alg-hs256-public-key',
  ] as const)('a login whose ID Token has %s is rejected', async (idToken) => {
    server.control.faults.add({ endpoint: 'token', idToken });
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'callback_rejected' },
    });
    await expectNothingStored();
  });

  test('an ID Token without a key id is accepted, since it comes straight from the issuer', async () => {
    server.control.faults.add({ endpoint: 'token', idToken: 'kid-missing' });
    expect((await logIn(server, browser, createPage)).getSnapshot().status).toBe('authenticated');
  });
});

describe('a token response', () => {
  test.each([
    ['not-json', 'network'],
    ['html-502', 'network'],
    ['empty-200', 'network'],
    ['access-token-missing', 'network'],
    ['token-type-missing', 'network'],
    ['token-type-unknown', 'network'],
    ['id-token-missing', 'callback_rejected'],
  ] as const)('a token response with %s is rejected', async (tokenAnswer, code) => {
    server.control.faults.add({ endpoint: 'token', tokenAnswer });
    const page = await logIn(server, browser, createPage);
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: { code } });
    await expectNothingStored();
  });

  test.each([
    'scope-missing',
    'content-type-text',
    'refresh-token-missing',
    'expires-in-missing',
    'expires-in-text',
    'expires-in-zero',
    'expires-in-negative',
    'expires-in-huge',
  ] as const)(
    'a token response with %s is accepted, and causes no refresh while the token is valid',
    async (tokenAnswer) => {
      server.control.faults.add({ endpoint: 'token', tokenAnswer });
      const page = await logIn(server, browser, createPage);
      expect(page.getSnapshot().status).toBe('authenticated');
      await page.getAccessToken({ minValiditySeconds: 0 });
      expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(0);
    },
  );
});

describe('an authorization response', () => {
  test("an authorization response with another server's iss is rejected before its code is exchanged", async () => {
    const callback = await answerLogin();
    expect(callback.searchParams.get('iss')).toBe('https://token.sesamy.com/');
    callback.searchParams.set('iss', 'https://evil.test/');
    browser.visit(callback.href);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ error: { code: 'callback_rejected' } });
    expect(browser.requests).toEqual([]);
  });

  test('a code of another login cannot be injected', async () => {
    createPage()
      .loginWithRedirect()
      .catch(() => {});
    const ours = new URL(await browser.nextNavigation());
    const theirs = new URL(ours);
    theirs.searchParams.set('state', 'theirs');
    theirs.searchParams.set('nonce', 'theirs');
    theirs.searchParams.set('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const injected = new URL(
      await server.control.signIn({ authorizationUrl: theirs, user: 'grace' }),
    );
    injected.searchParams.set('state', ours.searchParams.get('state') ?? '');
    browser.visit(injected.href);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'authorization_failed' },
    });
    await expectNothingStored();
  });

  test('a callback with an unknown state is ignored', async () => {
    const callback = await answerLogin();
    const [, ...mark] = callback.searchParams.get('state')?.split(';') ?? [];
    callback.searchParams.set('state', ['0123456789abcdef0123456789abcdef', ...mark].join(';'));
    browser.visit(callback.href);
    const page = createPage();
    await page.start();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(browser.requests).toEqual([]);
  });
});
