import { Auth0Client } from '@auth0/auth0-spa-js';
import { assert, asyncProperty, constantFrom, jsonValue, record as recordOf } from 'fast-check';
import { createMockServer, type MockServer } from '@sesamy-kit/mock-server';
import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSesamySession, type Session, type SessionOptions } from '../src/index.js';
import { auth0SpaJs, oidcClientTs, type TakeOver } from '../src/migrate/index.js';
import { logIn, openBrowser, type TestBrowser } from './browser.js';

const origin = 'https://app.publisher.test';
const clientId = 'publisher-web';
const issuer = 'https://token.sesamy.com/';

let server: MockServer;
let browser: TestBrowser;

beforeEach(() => {
  server = createMockServer({
    clients: [
      {
        clientId,
        callbacks: [`${origin}/`],
        refreshToken: { rotation: 'rotating', leewaySeconds: 0 },
      },
    ],
  });
  browser = openBrowser(server);
});

const libraries = (): readonly TakeOver[] => [auth0SpaJs(), oidcClientTs()];

function createPage(options: Partial<SessionOptions> = {}): Session {
  browser.openDocument();
  return createSesamySession({ clientId, takeOver: libraries(), ...options });
}

async function openPage(options: Partial<SessionOptions> = {}): Promise<Session> {
  const page = createPage(options);
  await page.start();
  return page;
}

/** Logs in with auth0-spa-js, as a page of the old app did. */
async function logInWithAuth0(params: { scope?: string; audience?: string } = {}): Promise<void> {
  const auth0 = new Auth0Client({
    domain: 'token.sesamy.com',
    clientId,
    cacheLocation: 'localstorage',
    useRefreshTokens: true,
    authorizationParams: { redirect_uri: `${origin}/`, ...params },
  });
  let authorizationUrl = '';
  await auth0.loginWithRedirect({ openUrl: (url) => void (authorizationUrl = url) });
  const callback = await server.control.signIn({ authorizationUrl, user: 'ada' });
  await auth0.handleRedirectCallback(callback);
}

/** Logs in with oidc-client-ts, as a page of the old app did. */
async function logInWithOidc(
  store: () => Storage = () => localStorage,
  authority = issuer,
): Promise<void> {
  const manager = new UserManager({
    authority,
    client_id: clientId,
    redirect_uri: `${origin}/`,
    scope: 'openid profile email offline_access',
    userStore: new WebStorageStateStore({ store: store() }),
    automaticSilentRenew: false,
  });
  const leaving = manager.signinRedirect().catch(() => {});
  const authorizationUrl = await browser.nextNavigation();
  void leaving;
  await manager.signinRedirectCallback(
    await server.control.signIn({ authorizationUrl, user: 'ada' }),
  );
  browser.visit('/');
}

const old = [
  ['auth0-spa-js', logInWithAuth0],
  ['oidc-client-ts', logInWithOidc],
] as const;

/** The names of the old libraries' sessions. */
function oldEntries(): readonly string[] {
  return [localStorage, sessionStorage]
    .flatMap((storage) => Object.keys(storage))
    .filter((name) => /^@@auth0spajs@@|^oidc\.user/.test(name));
}

function renewals(): number {
  return server.control.requests.count({ grant: 'refresh_token' });
}

describe.each(old)('a session that %s has stored', (_name, logInWithLibrary) => {
  test('an old session is taken over at the start, by one request', async () => {
    await logInWithLibrary();
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({
      status: 'authenticated',
      user: { sub: 'email|ada', email: 'ada@example.com' },
    });
    expect(renewals()).toBe(1);
    expect(oldEntries()).toEqual([]);
  });

  test('an old session is kept like any other once it is taken over', async () => {
    await logInWithLibrary();
    await openPage();
    const next = createPage();
    expect(next.getSnapshot().status).toBe('authenticated');
    await next.start();
    expect((await next.fetch('https://api.sesamy.com/client/v1/profile')).status).toBe(200);
    await next.renew();
    expect(renewals()).toBe(2);
  });

  test('an old session is left alone unless the app asks for it', async () => {
    await logInWithLibrary();
    const before = oldEntries();
    const page = await openPage({ takeOver: undefined });
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(oldEntries()).toEqual(before);
    expect(renewals()).toBe(0);
  });

  test('an old session is left alone if it is of another client', async () => {
    await logInWithLibrary();
    const before = oldEntries();
    const page = await openPage({ clientId: 'publisher' });
    expect(page.getSnapshot().status).toBe('unauthenticated');
    expect(oldEntries()).toEqual(before);
  });

  test('an old session is left alone if it is of another issuer', async () => {
    await logInWithLibrary();
    const before = oldEntries();
    const page = await openPage({ issuer: 'https://login.publisher.test/' });
    expect(page.getSnapshot().status).toBe('unauthenticated');
    expect(oldEntries()).toEqual(before);
    expect(browser.requests.filter((url) => url.includes('login.publisher.test'))).toEqual([]);
  });

  test('an old session that the server refuses is removed, and the page is signed out', async () => {
    await logInWithLibrary();
    server.control.refreshTokens.revoke({ user: 'ada' });
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(oldEntries()).toEqual([]);
  });

  test('an old session stays for the next time if the network fails', async () => {
    await logInWithLibrary();
    const before = oldEntries();
    browser.setOnline(false);
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({
      status: 'unauthenticated',
      error: { code: 'network' },
    });
    expect(oldEntries()).toEqual(before);
    browser.setOnline(true);
    expect((await openPage()).getSnapshot().status).toBe('authenticated');
    expect(oldEntries()).toEqual([]);
  });

  test('an old session is taken over by one of two tabs', async () => {
    await logInWithLibrary();
    const tabs = [createPage(), createPage()];
    await Promise.all(tabs.map((tab) => tab.start()));
    expect(tabs.map((tab) => tab.getSnapshot().status)).toEqual(['authenticated', 'authenticated']);
    expect(renewals()).toBe(1);
  });

  test('an old session is removed by a page that has a session of its own', async () => {
    await logInWithLibrary();
    browser.setOnline(false);
    await openPage();
    browser.setOnline(true);
    await logIn(server, browser, () =>
      createSesamySession({ clientId, takeOver: [], scope: 'email' }),
    );
    await openPage({ scope: 'email' });
    expect(oldEntries()).toEqual([]);
  });

  test('an old session does not sign the user in again after a logout', async () => {
    await logInWithLibrary();
    browser.setOnline(false);
    const page = await openPage();
    await page.logout({ local: true });
    browser.setOnline(true);
    expect(oldEntries()).toEqual([]);
    expect((await openPage()).getSnapshot().status).toBe('unauthenticated');
  });

  test('an old session that cannot be taken over is removed by a login', async () => {
    await logInWithLibrary();
    await logIn(server, browser, () => createPage({ scope: 'openid vip:read' }));
    expect(renewals()).toBe(0);
    expect(oldEntries()).toEqual([]);
  });

  test('an old session is not taken over if the user logs out meanwhile, and its new token is revoked', async () => {
    await logInWithLibrary();
    const release = browser.hold('/oauth/token');
    const page = createPage();
    const starting = page.start();
    await expect.poll(renewals).toBe(1);
    const leaving = page.logout({ local: true });
    release();
    await Promise.all([starting, leaving]);
    expect(page.getSnapshot().status).toBe('unauthenticated');
    expect((await openPage()).getSnapshot().status).toBe('unauthenticated');
    await expect
      .poll(() => browser.requests)
      .toContain('POST https://token.sesamy.com/oauth/revoke');
  });

  test('an old session is refused if its renewal returns no ID Token', async () => {
    await logInWithLibrary();
    const { fetch: send } = globalThis;
    const withoutIdToken: typeof send = async (input, init) => {
      const response = await send(input, init);
      const body: object = await response.json();
      return Response.json({ ...body, id_token: undefined });
    };
    const page = await openPage({ fetch: withoutIdToken });
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(oldEntries()).toEqual([]);
  });

  test('an old session whose renewed ID Token is rejected is removed, and its grant is revoked', async () => {
    await logInWithLibrary();
    server.control.faults.add({ grant: 'refresh_token', idToken: 'aud-invalid' });
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(oldEntries()).toEqual([]);
    await expect
      .poll(() => server.control.refreshTokens.list())
      .toEqual([expect.objectContaining({ revokedAt: expect.any(Number) })]);
  });

  test('an old session with too narrow a scope is left alone', async () => {
    await logInWithLibrary();
    const page = await openPage({ scope: 'openid profile email vip:read' });
    expect(page.getSnapshot().status).toBe('unauthenticated');
    expect(renewals()).toBe(0);
  });
});

describe('a session of auth0-spa-js', () => {
  test('a session of auth0-spa-js is taken over after its access token has expired', async () => {
    await logInWithAuth0();
    const name = oldEntries().find((entry) => !entry.includes('@@user@@')) ?? '';
    const body = { ...readBody(name) };
    const { refresh_token, audience, scope } = body;
    localStorage.setItem(
      name,
      JSON.stringify({ body: { refresh_token, audience, scope }, expiresAt: 1 }),
    );
    expect((await openPage()).getSnapshot().status).toBe('authenticated');
  });

  test('a session of auth0-spa-js 1, whose entry holds the ID Token, is taken over', async () => {
    await logInWithAuth0();
    const userName = oldEntries().find((entry) => entry.includes('@@user@@')) ?? '';
    const name = oldEntries().find((entry) => entry !== userName) ?? '';
    const { decodedToken }: { decodedToken: unknown } = JSON.parse(
      localStorage.getItem(userName) ?? '',
    );
    localStorage.removeItem(userName);
    localStorage.setItem(name, JSON.stringify({ body: { ...readBody(name), decodedToken } }));
    expect((await openPage()).getSnapshot().status).toBe('authenticated');
    expect(oldEntries()).toEqual([]);
  });

  test('a session of auth0-spa-js for another audience is left alone', async () => {
    await logInWithAuth0();
    const page = await openPage({ audience: 'https://other.test' });
    expect(page.getSnapshot().status).toBe('unauthenticated');
    expect(renewals()).toBe(0);
  });
});

describe('a session of oidc-client-ts', () => {
  test('a session of oidc-client-ts is taken over from sessionStorage', async () => {
    await logInWithOidc(() => sessionStorage);
    expect((await openPage()).getSnapshot().status).toBe('authenticated');
    expect(oldEntries()).toEqual([]);
  });

  test('a session of oidc-client-ts is taken over if its authority has no slash', async () => {
    await logInWithOidc(() => localStorage, 'https://token.sesamy.com');
    expect(oldEntries()).toEqual([`oidc.user:https://token.sesamy.com:${clientId}`]);
    expect((await openPage()).getSnapshot().status).toBe('authenticated');
  });
});

describe('a planted entry', () => {
  const claims = { iss: issuer, aud: clientId, sub: 'email|ada' };
  const oidcName = `oidc.user:${issuer}:${clientId}`;
  const auth0Name = `@@auth0spajs@@::${clientId}::default::openid profile email offline_access`;

  test('a planted entry with the session of another user is refused', async () => {
    await logInWithOidc();
    const stored: { profile: object } = JSON.parse(localStorage.getItem(oidcName) ?? '');
    localStorage.setItem(
      oidcName,
      JSON.stringify({ ...stored, profile: { ...stored.profile, sub: 'email|bea' } }),
    );
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(oldEntries()).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['an issuer without its slash', oidcName, { profile: { ...claims, iss: issuer.slice(0, -1) } }],
    ['another issuer', oidcName, { profile: { ...claims, iss: 'https://evil.test/' } }],
    ['another audience', oidcName, { profile: { ...claims, aud: 'other' } }],
    ['no user', oidcName, { profile: { ...claims, sub: '' } }],
    ['no claims', oidcName, {}],
    ['a token that is no text', oidcName, { profile: claims, refresh_token: { toString: 1 } }],
    ['another client id', auth0Name, { body: { client_id: 'other', decodedToken: { claims } } }],
    ['another API', auth0Name, { body: { audience: 'other', decodedToken: { claims } } }],
    ['null', auth0Name, null],
    ['a list', auth0Name, []],
  ])('a planted entry with %s sends nothing', async (_what, name, value) => {
    const isMissing = typeof value === 'object' && value !== null && !Array.isArray(value);
    const isAuth0 = name === auth0Name;
    const token = { refresh_token: 'planted' };
    const planted = !isMissing
      ? value
      : isAuth0 && 'body' in value
        ? { body: { ...token, ...Object(value.body) } }
        : { ...token, ...value };
    localStorage.setItem(name, JSON.stringify(planted));
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(browser.requests).toEqual([]);
  });

  test('a planted entry that is too long is not parsed', async () => {
    const profile = { ...claims, filler: 'x'.repeat(200_000) };
    localStorage.setItem(oidcName, JSON.stringify({ profile, refresh_token: 'planted' }));
    await openPage();
    expect(browser.requests).toEqual([]);
  });

  test('a planted entry does not change any prototype', async () => {
    localStorage.setItem(
      oidcName,
      `{"__proto__":{"refresh_token":"planted","polluted":1},"profile":{"__proto__":${JSON.stringify(claims)},"constructor":{"prototype":{"polluted":1}}}}`,
    );
    await openPage();
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(browser.requests).toEqual([]);
  });

  test('a planted refresh token is sent to the issuer only, and removed when it is refused', async () => {
    localStorage.setItem(oidcName, JSON.stringify({ profile: claims, refresh_token: 'planted' }));
    const page = await openPage();
    expect(page.getSnapshot()).toMatchObject({ status: 'unauthenticated', error: null });
    expect(browser.requests).toEqual([`POST ${issuer}oauth/token`]);
    expect(oldEntries()).toEqual([]);
  });

  test('no value of an entry makes a library throw', async () => {
    await assert(
      asyncProperty(
        constantFrom(oidcName, auth0Name, `@@auth0spajs@@::${clientId}::@@user@@`),
        recordOf({ body: jsonValue(), profile: jsonValue(), decodedToken: jsonValue() }),
        async (name, value) => {
          localStorage.setItem(name, JSON.stringify(value));
          for (const library of libraries()) {
            expect(library.find({ clientId, issuer })).toEqual([]);
            library.clear({ clientId, issuer });
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** The token in an entry of auth0-spa-js. */
function readBody(name: string): Record<string, unknown> {
  const entry: { body: Record<string, unknown> } = JSON.parse(localStorage.getItem(name) ?? '');
  return entry.body;
}
