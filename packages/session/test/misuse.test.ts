import { createMockServer } from '@sesamy-kit/mock-server';
import { describe, expect, test } from 'vitest';
import { createSesamySession, type Session } from '../src/index.js';
import { logIn, openBrowser, rejectionOf, type TestBrowser } from './browser.js';

const clientId = 'publisher-web';
const profileUrl = 'https://api.sesamy.com/client/v1/profile';

async function openSignedIn(): Promise<{
  readonly page: Session;
  readonly browser: TestBrowser;
}> {
  const server = createMockServer({
    clients: [{ clientId, callbacks: ['https://app.publisher.test/'] }],
  });
  const browser = openBrowser(server);
  return { browser, page: await logIn(server, browser, () => createSesamySession({ clientId })) };
}

/** Calls an action as JavaScript may, whatever the types say. */
function call(page: Session, name: keyof Session, ...values: readonly unknown[]): Promise<unknown> {
  return Promise.resolve(Reflect.apply(page[name] as () => unknown, undefined, values));
}

const circular: Record<string, unknown> = { type: 'click' };
circular['target'] = circular;

describe('an action called with something other than its options', () => {
  test.each([null, 42, 'text', [], circular])(
    'an action called with something other than its options uses the defaults: %#',
    async (value) => {
      const { page, browser } = await openSignedIn();
      expect(await call(page, 'getAccessToken', value)).toMatch(/./);
      expect(await call(page, 'fetchUserInfo', value)).toMatchObject({ sub: 'email|ada' });
      call(page, 'loginWithRedirect', value).catch(() => {});
      expect(await browser.nextNavigation()).toContain('/authorize?');
      await call(page, 'logout', value);
      expect(await browser.nextNavigation()).toContain('/v2/logout?');
    },
  );
});

describe('an invalid option of an action', () => {
  test.each<[keyof Session, unknown]>([
    ['getAccessToken', { minValiditySeconds: 'soon' }],
    ['getAccessToken', { minValiditySeconds: Number.NaN }],
    ['getAccessToken', { minValiditySeconds: 1e6, signal: 'stop' }],
    ['fetchUserInfo', { signal: {} }],
    ['loginWithRedirect', { maxAgeSeconds: Number.NaN }],
    ['loginWithRedirect', { maxAgeSeconds: null }],
    ['loginWithRedirect', { prompt: 'none' }],
    ['loginWithRedirect', { organization: Symbol('acme') }],
    ['loginWithRedirect', { returnTo: 7n }],
    ['loginWithRedirect', { openUrl: 'https://a.test' }],
    ['loginWithPopup', { acrValues: ['mfa'] }],
    ['loginWithPopup', { screenHint: 'popup' }],
  ])(
    'an invalid action option rejects with invalid_configuration: %s %o',
    async (name, options) => {
      const { page } = await openSignedIn();
      expect(await rejectionOf(call(page, name, options))).toMatchObject({
        name: 'AuthError',
        code: 'invalid_configuration',
      });
      expect(page.getSnapshot()).toMatchObject({ status: 'authenticated', error: null });
    },
  );

  test.each(['fetch', 'fetchJson'] as const)(
    'an invalid signal rejects with invalid_configuration: %s',
    async (name) => {
      const { page } = await openSignedIn();
      for (const signal of [{}, 'stop', 42]) {
        expect(await rejectionOf(call(page, name, profileUrl, { signal }))).toMatchObject({
          code: 'invalid_configuration',
        });
      }
    },
  );

  test('an invalid logout option does not prevent the logout', async () => {
    const { page, browser } = await openSignedIn();
    await call(page, 'logout', { returnTo: Symbol('home') });
    expect(await browser.nextNavigation()).toContain('/v2/logout?');
  });
});
