import { describe, expect, test, vi } from 'vitest';
import type { MockServer, MockServerOptions } from '../src/index.js';
import {
  createHandlerServer,
  createReader,
  HANDLER_CALLBACK,
  type Reader,
  SITE,
} from './support/reader.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };
const PROFILE = '/sesamy/api/client/v1/profile';
const USERINFO = '/sesamy/auth/userinfo';

async function signedIn(
  options?: MockServerOptions,
): Promise<{ server: MockServer; reader: Reader }> {
  const server = createHandlerServer(options);
  const reader = createReader(server);
  await reader.logIn();
  return { server, reader };
}

/** A browser with the same cookies, as they are now. */
async function copyOf(server: MockServer, reader: Reader): Promise<Reader> {
  const copy = createReader(server);
  for (const cookie of await reader.jar.getCookies(`${SITE}/`))
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

describe('requests that come together with an access token that is over', () => {
  test.each(['rotating', 'non-rotating'] as const)('renew a %s token once', async (rotation) => {
    const { server, reader } = await signedIn(withClient({ rotation, leewaySeconds: 0 }));
    server.control.clock.advance({ hours: 2 });
    const paths = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? PROFILE : USERINFO));
    const answers = await Promise.all(paths.map((path) => reader.fetch(path)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(renewals(server)).toBe(1);
  });

  test('renew a token that stays the same once, however soon it is over again', async () => {
    const { server, reader } = await signedIn({
      ...withClient({ rotation: 'non-rotating', leewaySeconds: 0 }),
      lifetimes: { accessTokenSeconds: 10 },
    });
    for (const renewed of [1, 2]) {
      server.control.clock.advance({ seconds: 12 });
      await Promise.all(Array.from({ length: 5 }, () => reader.fetch(PROFILE)));
      expect(renewals(server)).toBe(renewed);
    }
  });

  test('all get the same cookies', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const answers = await Promise.all([reader.fetch(PROFILE), reader.fetch(USERINFO)]);
    const [one, two] = answers.map(({ headers }) => headers.getSetCookie());
    expect(one).toHaveLength(3);
    expect(two).toEqual(one);
  });
});

describe('cookies that were spent', () => {
  test('are still honoured for half a minute, with the tokens that took their place', async () => {
    const { server, reader } = await signedIn();
    const late = await copyOf(server, reader);
    server.control.clock.advance({ hours: 2 });
    const first = await reader.fetch(PROFILE);
    server.control.clock.advance({ seconds: 29 });
    const second = await late.fetch(PROFILE);
    expect([second.status, renewals(server)]).toEqual([200, 1]);
    expect(second.headers.getSetCookie()).toEqual(first.headers.getSetCookie());
  });

  test('lead over several renewals to the newest tokens', async () => {
    const { server, reader } = await signedIn({ lifetimes: { accessTokenSeconds: 10 } });
    const late = await copyOf(server, reader);
    for (const _ of [1, 2]) {
      server.control.clock.advance({ seconds: 12 });
      await reader.fetch(PROFILE);
    }
    expect([(await late.fetch(PROFILE)).status, renewals(server)]).toEqual([200, 2]);
    expect(await late.cookies()).toEqual(await reader.cookies());
  });

  test('are taken for stolen later', async () => {
    const { server, reader } = await signedIn();
    const late = await copyOf(server, reader);
    server.control.clock.advance({ hours: 2 });
    await reader.fetch(PROFILE);
    server.control.clock.advance({ seconds: 31 });
    const answer = await late.fetch(PROFILE);
    expect([answer.status, await readJson(answer)]).toEqual([401, { error: 'session_expired' }]);
    expect(server.control.refreshTokens.list()[0]?.revokedBecause).toMatch(/^reuse detected/);
  });

  test('do not bring a session back that was logged out meanwhile', async () => {
    const { server, reader } = await signedIn();
    const late = await copyOf(server, reader);
    server.control.clock.advance({ hours: 2 });
    await reader.fetch(PROFILE);
    await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect(await readJson(await late.fetch(USERINFO))).toEqual({ authenticated: false });
    expect(await late.cookies()).toEqual({});
  });
});

test('a renewal that a logout overtakes signs nobody in', async () => {
  const { server, reader } = await signedIn();
  server.control.clock.advance({ hours: 2 });
  // The tokens are renewed before they are revoked, and after the logout all the same.
  server.control.faults.add({ grant: 'refresh_token', delayMs: 100 });
  server.control.faults.add({ endpoint: 'revoke', delayMs: 500 });
  const profile = reader.fetch(PROFILE);
  const isRenewing = (): void => expect(server.control.faults.unused()).toHaveLength(1);
  await vi.waitFor(isRenewing, { interval: 2 });
  await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
  expect((await profile).status).toBe(401);
  expect(await reader.cookies()).toEqual({});
});

describe('a renewal that fails', () => {
  test.each([
    ['an answer 503', { status: 503 }],
    ['an answer 429', { status: 429, body: { error: 'rate_limit_exceeded' } }],
    ['a cut connection', { reset: true }],
    ['half an answer', { truncate: true }],
    ['a page instead of tokens', { tokenAnswer: 'html-502' }],
    ['an answer 503 that says invalid_grant', { status: 503, body: { error: 'invalid_grant' } }],
    ['tokens of another type', { tokenAnswer: 'token-type-unknown' }],
    ['an answer without an access token', { tokenAnswer: 'access-token-missing' }],
  ] as const)('with %s keeps the session for the next try', async (_, fault) => {
    const leeway = { rotation: 'rotating', leewaySeconds: 30 } as const;
    const { server, reader } = await signedIn(withClient(leeway));
    const before = await reader.cookies();
    server.control.clock.advance({ hours: 2 });
    server.control.faults.add({ grant: 'refresh_token', times: 2, ...fault });
    const profile = await reader.fetch(PROFILE);
    const userinfo = await reader.fetch(USERINFO);
    expect([profile.status, userinfo.status]).toEqual([503, 503]);
    expect(await readJson(profile)).toMatchObject({ error: { code: 'service_unavailable' } });
    expect(await reader.cookies()).toEqual(before);
    expect((await reader.fetch(PROFILE)).status).toBe(200);
  });

  test.each([
    ['was revoked', (server: MockServer) => server.control.refreshTokens.revoke({ user: 'ada' })],
    ['was idle too long', (server: MockServer) => server.control.clock.advance({ days: 3 })],
    ['belongs to a blocked user', (server: MockServer) => server.control.users.disable('ada')],
  ])('because the refresh token %s ends the session', async (_, end) => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    end(server);
    const answer = await reader.fetch(PROFILE);
    expect([answer.status, await readJson(answer)]).toEqual([401, { error: 'session_expired' }]);
    expect(await reader.cookies()).toEqual({});
  });

  test('because the ID token is somebody else’s ends the session', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    server.control.faults.add({ grant: 'refresh_token', idToken: 'sub-missing' });
    expect((await reader.fetch(PROFILE)).status).toBe(401);
  });
});

test('a session without a refresh token ends with its access token', async () => {
  const grantTypes = ['authorization_code' as const];
  const clients = [{ clientId: 'publisher-web', callbacks: [HANDLER_CALLBACK], grantTypes }];
  const { server, reader } = await signedIn({ clients });
  expect((await reader.fetch(PROFILE)).status).toBe(200);
  server.control.clock.advance({ hours: 2 });
  expect(await readJson(await reader.fetch(PROFILE))).toEqual({ error: 'session_expired' });
});

test('an access token whose key is gone is renewed', async () => {
  const { server, reader } = await signedIn();
  server.control.keys.rotate({ removeOld: true });
  expect([(await reader.fetch(PROFILE)).status, renewals(server)]).toEqual([200, 1]);
});

test('a renewal brings the profile of today to userinfo', async () => {
  const { server, reader } = await signedIn();
  server.control.users.update('ada', { name: 'Augusta Ada King' });
  server.control.clock.advance({ hours: 2 });
  expect(await readJson(await reader.fetch(USERINFO))).toMatchObject({ name: 'Augusta Ada King' });
});

describe('a snapshot', () => {
  test('brings a session back, logged out or not', async () => {
    const { server, reader } = await signedIn();
    const copy = await copyOf(server, reader);
    const snapshot = server.control.snapshot();
    await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    server.control.restore(snapshot);
    expect((await copy.fetch(PROFILE)).status).toBe(200);
  });

  test('brings the cookies along to another server', async () => {
    const { server, reader } = await signedIn();
    const other = createHandlerServer();
    other.control.restore(JSON.parse(JSON.stringify(server.control.snapshot())));
    expect((await (await copyOf(other, reader)).fetch(PROFILE)).status).toBe(200);
  });

  test('knows nothing of renewals after it', async () => {
    const { server, reader } = await signedIn();
    const copy = await copyOf(server, reader);
    server.control.clock.advance({ hours: 2 });
    const snapshot = server.control.snapshot();
    await reader.fetch(PROFILE);
    server.control.restore(snapshot);
    await copy.fetch(PROFILE);
    const [family] = server.control.refreshTokens.list();
    expect(family?.tokens).toHaveLength(2);
  });
});

test('servers with the same seed read each other’s cookies', async () => {
  const { reader } = await signedIn({ seed: 'x' });
  const twin = createHandlerServer({ seed: 'x' });
  const copy = await copyOf(twin, reader);
  expect(await readJson(await copy.fetch(USERINFO))).toMatchObject({ authenticated: true });
});
