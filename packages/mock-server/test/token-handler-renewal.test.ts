import { describe, expect, test, vi } from 'vitest';
import type { MockServer, MockServerOptions } from '../src/index.js';
import {
  createHandlerServer,
  createBrowser,
  HANDLER_CALLBACK,
  type Browser,
  SITE,
} from './support/site-browser.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };
const PROFILE = '/sesamy/api/client/v1/profile';
const USERINFO = '/sesamy/auth/userinfo';

async function signedIn(
  options?: MockServerOptions,
): Promise<{ server: MockServer; browser: Browser }> {
  const server = createHandlerServer(options);
  const browser = createBrowser(server);
  await browser.logIn();
  return { server, browser };
}

/** A browser with the same cookies, as they are now. */
async function copyOf(server: MockServer, browser: Browser): Promise<Browser> {
  const copy = createBrowser(server);
  for (const cookie of await browser.jar.getCookies(`${SITE}/`))
    await copy.jar.setCookie(cookie.toString(), `${SITE}/`);
  return copy;
}

function renewals(server: MockServer): number {
  return server.control.requests.count({ grant: 'refresh_token' });
}

const withClient = (refreshToken: {
  rotation: 'rotating' | 'non-rotating';
  leewaySeconds: number;
}) => ({
  clients: [{ clientId: 'publisher-web', callbacks: [HANDLER_CALLBACK], refreshToken }],
});

describe('concurrent requests with an expired access token', () => {
  test.each(['rotating', 'non-rotating'] as const)(
    'concurrent requests renew a %s token once',
    async (rotation) => {
      const { server, browser } = await signedIn(withClient({ rotation, leewaySeconds: 0 }));
      server.control.clock.advance({ hours: 2 });
      const paths = Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? PROFILE : USERINFO,
      );
      const responses = await Promise.all(paths.map((path) => browser.fetch(path)));
      expect(responses.map(({ status }) => status)).toEqual(Array(20).fill(200));
      expect(renewals(server)).toBe(1);
    },
  );

  test('concurrent requests renew a reusable token once, however soon it expires again', async () => {
    const { server, browser } = await signedIn({
      ...withClient({ rotation: 'non-rotating', leewaySeconds: 0 }),
      lifetimes: { accessTokenSeconds: 10 },
    });
    for (const renewed of [1, 2]) {
      server.control.clock.advance({ seconds: 12 });
      await Promise.all(Array.from({ length: 5 }, () => browser.fetch(PROFILE)));
      expect(renewals(server)).toBe(renewed);
    }
  });

  test('concurrent requests all get the same cookies', async () => {
    const { server, browser } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const responses = await Promise.all([browser.fetch(PROFILE), browser.fetch(USERINFO)]);
    const [one, two] = responses.map(({ headers }) => headers.getSetCookie());
    expect(one).toHaveLength(3);
    expect(two).toEqual(one);
  });
});

describe('spent cookies', () => {
  test('spent cookies are accepted for half a minute, with the tokens that replaced theirs', async () => {
    const { server, browser } = await signedIn();
    const late = await copyOf(server, browser);
    server.control.clock.advance({ hours: 2 });
    const first = await browser.fetch(PROFILE);
    server.control.clock.advance({ seconds: 29 });
    const second = await late.fetch(PROFILE);
    expect([second.status, renewals(server)]).toEqual([200, 1]);
    expect(second.headers.getSetCookie()).toEqual(first.headers.getSetCookie());
  });

  test('spent cookies lead to the newest tokens over several renewals', async () => {
    const { server, browser } = await signedIn({ lifetimes: { accessTokenSeconds: 10 } });
    const late = await copyOf(server, browser);
    for (const _ of [1, 2]) {
      server.control.clock.advance({ seconds: 12 });
      await browser.fetch(PROFILE);
    }
    expect([(await late.fetch(PROFILE)).status, renewals(server)]).toEqual([200, 2]);
    expect(await late.cookies()).toEqual(await browser.cookies());
  });

  test('spent cookies are treated as stolen after the grace period', async () => {
    const { server, browser } = await signedIn();
    const late = await copyOf(server, browser);
    server.control.clock.advance({ hours: 2 });
    await browser.fetch(PROFILE);
    server.control.clock.advance({ seconds: 31 });
    const response = await late.fetch(PROFILE);
    expect([response.status, await readJson(response)]).toEqual([
      401,
      { error: 'session_expired' },
    ]);
    expect(server.control.refreshTokens.list()[0]?.revokedBecause).toMatch(/^reuse detected/);
  });

  test('spent cookies do not restore a session after its logout', async () => {
    const { server, browser } = await signedIn();
    const late = await copyOf(server, browser);
    server.control.clock.advance({ hours: 2 });
    await browser.fetch(PROFILE);
    await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect(await readJson(await late.fetch(USERINFO))).toEqual({ authenticated: false });
    expect(await late.cookies()).toEqual({});
  });
});

test('a renewal that races a logout does not sign the user in', async () => {
  const { server, browser } = await signedIn();
  server.control.clock.advance({ hours: 2 });
  // The tokens are renewed before they are revoked, and also after the logout.
  server.control.faults.add({ grant: 'refresh_token', delayMs: 100 });
  server.control.faults.add({ endpoint: 'revoke', delayMs: 500 });
  const profile = browser.fetch(PROFILE);
  const isRenewing = (): void => expect(server.control.faults.unused()).toHaveLength(1);
  await vi.waitFor(isRenewing, { interval: 2 });
  await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
  expect((await profile).status).toBe(401);
  expect(await browser.cookies()).toEqual({});
});

describe('a failed renewal', () => {
  test.each([
    ['a 503 response', { status: 503 }],
    ['a 429 response', { status: 429, body: { error: 'rate_limit_exceeded' } }],
    ['a cut connection', { reset: true }],
    ['half a response', { truncate: true }],
    ['a page instead of tokens', { tokenAnswer: 'html-502' }],
    ['a 503 response with invalid_grant', { status: 503, body: { error: 'invalid_grant' } }],
    ['tokens of another type', { tokenAnswer: 'token-type-unknown' }],
    ['a response without an access token', { tokenAnswer: 'access-token-missing' }],
  ] as const)(
    'a renewal that fails with %s keeps the session for the next attempt',
    async (_, fault) => {
      const leeway = { rotation: 'rotating', leewaySeconds: 30 } as const;
      const { server, browser } = await signedIn(withClient(leeway));
      const before = await browser.cookies();
      server.control.clock.advance({ hours: 2 });
      server.control.faults.add({ grant: 'refresh_token', times: 2, ...fault });
      const profile = await browser.fetch(PROFILE);
      const userinfo = await browser.fetch(USERINFO);
      expect([profile.status, userinfo.status]).toEqual([503, 503]);
      expect(await readJson(profile)).toMatchObject({ error: { code: 'service_unavailable' } });
      expect(await browser.cookies()).toEqual(before);
      expect((await browser.fetch(PROFILE)).status).toBe(200);
    },
  );

  test.each([
    ['was revoked', (server: MockServer) => server.control.refreshTokens.revoke({ user: 'ada' })],
    ['was idle too long', (server: MockServer) => server.control.clock.advance({ days: 3 })],
    ['belongs to a blocked user', (server: MockServer) => server.control.users.disable('ada')],
  ])('a renewal ends the session if the refresh token %s', async (_, end) => {
    const { server, browser } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    end(server);
    const response = await browser.fetch(PROFILE);
    expect([response.status, await readJson(response)]).toEqual([
      401,
      { error: 'session_expired' },
    ]);
    expect(await browser.cookies()).toEqual({});
  });

  test('a renewal ends the session if the ID token is for another user', async () => {
    const { server, browser } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    server.control.faults.add({ grant: 'refresh_token', idToken: 'sub-missing' });
    expect((await browser.fetch(PROFILE)).status).toBe(401);
  });
});

test('a session without a refresh token ends with its access token', async () => {
  const grantTypes = ['authorization_code' as const];
  const clients = [{ clientId: 'publisher-web', callbacks: [HANDLER_CALLBACK], grantTypes }];
  const { server, browser } = await signedIn({ clients });
  expect((await browser.fetch(PROFILE)).status).toBe(200);
  server.control.clock.advance({ hours: 2 });
  expect(await readJson(await browser.fetch(PROFILE))).toEqual({ error: 'session_expired' });
});

test('an access token whose signing key was removed is renewed', async () => {
  const { server, browser } = await signedIn();
  server.control.keys.rotate({ removeOld: true });
  expect([(await browser.fetch(PROFILE)).status, renewals(server)]).toEqual([200, 1]);
});

test('a renewal updates the profile in userinfo', async () => {
  const { server, browser } = await signedIn();
  server.control.users.update('ada', { name: 'Augusta Ada King' });
  server.control.clock.advance({ hours: 2 });
  expect(await readJson(await browser.fetch(USERINFO))).toMatchObject({ name: 'Augusta Ada King' });
});

describe('a snapshot', () => {
  test('a snapshot restores a session, logged out or not', async () => {
    const { server, browser } = await signedIn();
    const copy = await copyOf(server, browser);
    const snapshot = server.control.snapshot();
    await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    server.control.restore(snapshot);
    expect((await copy.fetch(PROFILE)).status).toBe(200);
  });

  test('a snapshot makes the cookies valid at another server', async () => {
    const { server, browser } = await signedIn();
    const other = createHandlerServer();
    other.control.restore(JSON.parse(JSON.stringify(server.control.snapshot())));
    expect((await (await copyOf(other, browser)).fetch(PROFILE)).status).toBe(200);
  });

  test('a snapshot ignores renewals after it', async () => {
    const { server, browser } = await signedIn();
    const copy = await copyOf(server, browser);
    server.control.clock.advance({ hours: 2 });
    const snapshot = server.control.snapshot();
    await browser.fetch(PROFILE);
    server.control.restore(snapshot);
    await copy.fetch(PROFILE);
    const [family] = server.control.refreshTokens.list();
    expect(family?.tokens).toHaveLength(2);
  });
});

test('servers with the same seed accept each other’s cookies', async () => {
  const { browser } = await signedIn({ seed: 'x' });
  const twin = createHandlerServer({ seed: 'x' });
  const copy = await copyOf(twin, browser);
  expect(await readJson(await copy.fetch(USERINFO))).toMatchObject({ authenticated: true });
});
