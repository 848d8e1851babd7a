import { describe, expect, test } from 'vitest';
import type { MockServer } from '../src/index.js';
import {
  createHandlerServer,
  createReader,
  FOREIGN,
  type From,
  type Reader,
  SIBLING,
  SITE,
} from './support/reader.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };
const PROFILE = '/sesamy/api/client/v1/profile';
const LOGIN = '/sesamy/auth/publisher-web/login';
const SESSION_COOKIES = ['__Host-rt', 'at', 'sesamy_is_authenticated'];

async function signedIn(options?: {
  isOld?: boolean;
}): Promise<{ server: MockServer; reader: Reader }> {
  const server = createHandlerServer();
  const reader = createReader(server, options);
  await reader.logIn();
  return { server, reader };
}

async function isSignedIn(reader: Reader): Promise<boolean> {
  const { authenticated } = await readJson<{ authenticated: boolean }>(
    await reader.fetch('/sesamy/auth/userinfo'),
  );
  return authenticated;
}

/** Puts a cookie into a browser, past all rules: what an attacker got in by some other way. */
async function plant(reader: Reader, name: string, value: string, domain = ''): Promise<void> {
  const attributes = domain === '' ? '' : `; Domain=${domain}`;
  const cookie = `${name}=${value}; Path=/; Secure${attributes}`;
  await reader.jar.setCookie(cookie, `${domain === '' ? SITE : SIBLING}/`);
}

async function cookieOf(reader: Reader, name: string): Promise<string> {
  return (await reader.cookies())[name] ?? '';
}

describe('a forged logout', () => {
  test.each<[string, From, HeadersInit]>([
    ['a link on another site', FOREIGN, {}],
    ['a link on a sibling domain', SIBLING, {}],
    ['an image on another site', FOREIGN, { 'sec-fetch-dest': 'image' }],
    ['an image on a sibling domain', SIBLING, { 'sec-fetch-dest': 'image' }],
    ['an image that a reader of the site posted', SITE, { 'sec-fetch-dest': 'image' }],
    ['a frame', SITE, { 'sec-fetch-dest': 'iframe' }],
    ['a link that is fetched before it is clicked', SITE, { 'sec-purpose': 'prefetch' }],
  ])('by %s only asks the reader', async (_, from, headers) => {
    const { server, reader } = await signedIn();
    const answer = await reader.navigate('/sesamy/auth/logout', from, headers);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('Sign out?'),
    ]);
    expect(await isSignedIn(reader)).toBe(true);
    expect(server.control.refreshTokens.list()[0]?.revokedAt).toBeNull();
  });

  test.each([undefined, `${FOREIGN}/`, `${SIBLING}/`, `${FOREIGN}/?${SITE}/`])(
    'by a link with the referrer %j in an old browser only asks the reader',
    async (referer) => {
      const { reader } = await signedIn({ isOld: true });
      const headers: HeadersInit = referer === undefined ? {} : { referer };
      const answer = await reader.navigate('/sesamy/auth/logout', FOREIGN, headers);
      expect(answer.status).toBe(200);
      expect(await isSignedIn(reader)).toBe(true);
    },
  );

  test.each([FOREIGN, SIBLING] as const)('by a form on %s is refused', async (from) => {
    const { reader } = await signedIn();
    const answer = await reader.submit('/sesamy/auth/logout', { confirm: 'yes' }, from);
    expect(answer.status).toBe(403);
    expect(await isSignedIn(reader)).toBe(true);
  });

  test.each([FOREIGN, SIBLING] as const)(
    'by a form on %s is refused in an old browser, too',
    async (from) => {
      const { reader } = await signedIn({ isOld: true });
      const answer = await reader.submit('/sesamy/auth/logout', { confirm: 'yes' }, from);
      expect(answer.status).toBe(403);
      expect(await isSignedIn(reader)).toBe(true);
    },
  );

  test('by a form without an origin is refused', async () => {
    const { reader } = await signedIn({ isOld: true });
    const headers = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', body: 'confirm=yes', headers };
    expect((await reader.fetch('/sesamy/auth/logout', init)).status).toBe(403);
    expect(await isSignedIn(reader)).toBe(true);
  });

  test.each<[string, From, HeadersInit]>([
    ['without the header', SITE, {}],
    ['with another value of the header', SITE, { 'x-sesamy-csrf': 'true' }],
    ['by a script of a sibling domain', SIBLING, CSRF],
    ['by a script of another site', FOREIGN, CSRF],
  ])('%s is refused', async (_, from, headers) => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers }, from);
    expect([answer.status, await isSignedIn(reader)]).toEqual([403, true]);
  });
});

describe('the confirmation page', () => {
  test('logs out when the reader agrees', async () => {
    const { reader } = await signedIn();
    const page = await (
      await reader.navigate('/sesamy/auth/logout?returnTo=/a?b=c', FOREIGN)
    ).text();
    const action = /action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const answer = await reader.submit(`/sesamy/auth/logout${action}`, { confirm: 'yes' }, SITE);
    const target = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, target.searchParams.get('returnTo')]).toEqual([303, `${SITE}/a?b=c`]);
    expect(await isSignedIn(reader)).toBe(false);
  });

  test('cannot be framed, and tells its origin to the form only', async () => {
    const { reader } = await signedIn();
    const { headers } = await reader.navigate('/sesamy/auth/logout', FOREIGN);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('a forged change of the profile', () => {
  const change = { method: 'PATCH', body: '{"firstName":"Mallory"}' };

  test.each<[string, From, Record<string, string>]>([
    ['without the header', SITE, {}],
    ['from a sibling domain', SIBLING, CSRF],
    ['from another site', FOREIGN, CSRF],
    ['that names another origin', SITE, { ...CSRF, origin: FOREIGN }],
    ['that names no origin', SITE, { ...CSRF, origin: 'null' }],
  ])('%s is refused', async (_, from, headers) => {
    const { server, reader } = await signedIn();
    // The cookies of a cross-site request stay at home; here they come along all the same.
    const cookie = { cookie: await reader.jar.getCookieString(`${SITE}/`) };
    const answer = await reader.fetch(
      PROFILE,
      { ...change, headers: { ...cookie, ...headers } },
      from,
    );
    expect([answer.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
    expect(await readJson(answer)).toMatchObject({ error: { code: 'insufficient_permissions' } });
  });

  test.each<[string, From, Record<string, string>]>([
    ['from a sibling domain', SIBLING, CSRF],
    ['that names no origin', SITE, { ...CSRF, origin: 'null' }],
  ])('%s is refused in an old browser, too', async (_, from, headers) => {
    const { server, reader } = await signedIn({ isOld: true });
    const answer = await reader.fetch(PROFILE, { ...change, headers }, from);
    expect([answer.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
  });

  test('that tells nothing of where it comes from is refused', async () => {
    const { server, reader } = await signedIn();
    const cookie = await reader.jar.getCookieString(`${SITE}/`);
    const url = 'https://app.publisher.test/client/v1/profile';
    const answer = await server.fetch(
      new Request(url, { ...change, headers: { ...CSRF, cookie } }),
    );
    expect([answer.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
  });

  test.each([SIBLING, FOREIGN] as const)('is not allowed by a preflight from %s', async (from) => {
    const { reader } = await signedIn();
    const headers = {
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'x-sesamy-csrf',
    };
    const answer = await reader.fetch(PROFILE, { method: 'OPTIONS', headers }, from);
    expect(answer.headers.get('access-control-allow-headers')).not.toMatch(/csrf/i);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

test('a page of a sibling domain does not get to read the profile', async () => {
  const { reader } = await signedIn();
  const asScript = { 'sec-fetch-dest': 'script' };
  expect((await reader.fetch(PROFILE, {}, SIBLING)).status).toBe(403);
  expect((await reader.navigate(PROFILE, SIBLING, asScript)).status).toBe(403);
});

test.each([SIBLING, FOREIGN, 'null'])('userinfo has no CORS headers for %s', async (origin) => {
  const { reader } = await signedIn();
  const asked = await reader.fetch('/sesamy/auth/userinfo', { headers: { origin } });
  const preflight = await reader.fetch('/sesamy/auth/userinfo', {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  });
  const names = [...asked.headers.keys(), ...preflight.headers.keys()];
  expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

describe('an open redirect', () => {
  const targets = [
    '//evil.test',
    '/\\evil.test',
    'https:evil.test',
    '/\t/evil.test',
    `${SITE}@evil.test`,
  ];

  test.each(targets)('by a login with returnTo %j is refused', async (target) => {
    const reader = createReader(createHandlerServer());
    const answer = await reader.navigate(`${LOGIN}?returnTo=${encodeURIComponent(target)}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test.each(targets)('by a logout with returnTo %j is refused', async (target) => {
    const { reader } = await signedIn();
    const answer = await reader.navigate(
      `/sesamy/auth/logout?returnTo=${encodeURIComponent(target)}`,
      SITE,
    );
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    expect(await isSignedIn(reader)).toBe(true);
  });

  test.each(['login', 'logout'])('by a second returnTo at the %s is refused', async (route) => {
    const reader = createReader(createHandlerServer());
    const path = route === 'login' ? LOGIN : '/sesamy/auth/logout';
    const answer = await reader.navigate(`${path}?returnTo=/&returnTo=${FOREIGN}`, SITE);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  test('by a callback is not possible: it leads where the login said', async () => {
    const reader = createReader(createHandlerServer());
    const callback = new URL(await reader.authorize(await reader.navigate(`${LOGIN}?returnTo=/a`)));
    callback.searchParams.set('returnTo', FOREIGN);
    const answer = await reader.navigate(callback.href, FOREIGN);
    expect(answer.headers.get('location')).toBe(`${SITE}/a`);
  });
});

describe('a callback', () => {
  test('that is repeated without its login cookie sets nothing and changes nothing', async () => {
    const server = createHandlerServer();
    const reader = createReader(server);
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    await reader.navigate(callback, FOREIGN);
    const again = await reader.navigate(callback, FOREIGN);
    expect([again.status, again.headers.getSetCookie()]).toEqual([400, []]);
    expect(await isSignedIn(reader)).toBe(true);
    expect(server.control.refreshTokens.list()[0]?.revokedAt).toBeNull();
  });

  test('that comes twice at once is answered twice with the same session', async () => {
    const server = createHandlerServer();
    const reader = createReader(server);
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    const answers = await Promise.all([1, 2].map(() => reader.navigate(callback, FOREIGN)));
    expect(answers.map(({ headers }) => headers.get('location'))).toEqual([`${SITE}/`, `${SITE}/`]);
    expect(server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt)).toEqual([null]);
  });

  test('with another browser’s code starts no session (login CSRF)', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createReader(server), createReader(server)];
    const callback = await attacker.authorize(await attacker.navigate(LOGIN), 'grace');
    const answer = await victim.navigate(callback, FOREIGN);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
    expect(await isSignedIn(victim)).toBe(false);
  });

  test('with another browser’s code and its own state starts no session', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createReader(server), createReader(server)];
    const stolen = new URL(await attacker.authorize(await attacker.navigate(LOGIN), 'grace'));
    const own = new URL(await victim.authorize(await victim.navigate(LOGIN)));
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    const answer = await victim.navigate(own.href, FOREIGN);
    expect(new URL(answer.headers.get('location') ?? '').searchParams.get('error')).toBe(
      'server_error',
    );
    expect(await isSignedIn(victim)).toBe(false);
  });

  test('with the login cookie of another login is refused', async () => {
    const reader = createReader(createHandlerServer());
    const first = await reader.authorize(await reader.navigate(LOGIN));
    const [firstName = ''] = Object.keys(await reader.cookies());
    const other = createReader(createHandlerServer());
    await other.navigate(LOGIN);
    const [, value = ''] = Object.entries(await other.cookies())[0] ?? [];
    await plant(reader, firstName, value);
    expect((await reader.navigate(first, FOREIGN)).status).toBe(400);
  });

  test('with the login cookies of two tabs swapped is refused', async () => {
    const reader = createReader(createHandlerServer());
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    await reader.navigate(LOGIN);
    const [one, two] = await reader.jar.getCookies(`${SITE}/`);
    await plant(reader, one?.key ?? '', two?.value ?? '');
    expect((await reader.navigate(callback, FOREIGN)).status).toBe(400);
  });

  test('finds its own login beside one that was planted', async () => {
    const server = createHandlerServer();
    const attacker = createReader(server);
    await attacker.navigate(LOGIN);
    const reader = createReader(server);
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    const [own] = await reader.jar.getCookies(`${SITE}/`);
    const [planted = ''] = Object.values(await attacker.cookies());
    const headers = { cookie: `${own?.key}=${planted}; ${own?.cookieString()}` };
    await reader.jar.removeAllCookies();
    expect((await reader.navigate(callback, FOREIGN, headers)).status).toBe(302);
  });

  test('of another vendor is refused', async () => {
    const server = createHandlerServer();
    const callbacks = [`${SITE}/sesamy/auth/other/callback`];
    server.control.clients.add({ clientId: 'other', callbacks });
    const reader = createReader(server);
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    const answer = await reader.navigate(callback.replace('publisher-web', 'other'), FOREIGN);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([400, []]);
  });

  test('an hour after its login is refused', async () => {
    const server = createHandlerServer();
    const reader = createReader(server);
    const login = await reader.navigate(LOGIN);
    server.control.clock.advance({ hours: 1 });
    expect((await reader.navigate(await reader.authorize(login), FOREIGN)).status).toBe(400);
  });

  test('that carries a parameter twice is refused', async () => {
    const reader = createReader(createHandlerServer());
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    expect((await reader.navigate(`${callback}&code=x`, FOREIGN)).status).toBe(400);
  });

  test.each([
    'nonce-invalid',
    'nonce-missing',
    'aud-invalid',
    'iss-invalid',
    'signature-other-key',
    'alg-none',
    'exp-past',
  ] as const)('whose ID token is %s signs nobody in', async (idToken) => {
    const server = createHandlerServer();
    server.control.faults.add({ idToken });
    const reader = createReader(server);
    const back = await reader.logIn({ query: '?returnTo=/a?b=c' });
    const target = new URL(back.headers.get('location') ?? '');
    expect([
      target.pathname,
      target.searchParams.get('b'),
      target.searchParams.get('error'),
    ]).toEqual(['/a', 'c', 'server_error']);
    expect(await isSignedIn(reader)).toBe(false);
  });

  test.each(['organization', 'max_age'])(
    'of a login whose %s somebody took out on the way signs nobody in',
    async (name) => {
      const server = createHandlerServer();
      server.control.users.update('ada', { organizations: ['org_tides'] });
      const reader = createReader(server);
      await reader.logIn();
      await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
      server.control.clock.advance({ hours: 1 });
      const login = await reader.navigate(`${LOGIN}?organization=org_tides&max_age=60`);
      const url = new URL(login.headers.get('location') ?? '');
      url.searchParams.delete(name);
      const changed = new Response(null, { headers: { location: url.href } });
      const answer = await reader.navigate(await reader.authorize(changed), FOREIGN);
      expect(answer.headers.get('location')).toContain('error=server_error');
      expect(await isSignedIn(reader)).toBe(false);
    },
  );

  test('from another issuer signs nobody in', async () => {
    const reader = createReader(createHandlerServer());
    const callback = await reader.authorize(await reader.navigate(LOGIN));
    const answer = await reader.navigate(`${callback}&iss=${FOREIGN}/`, FOREIGN);
    expect(answer.headers.get('location')).toContain('error=server_error');
    expect(await isSignedIn(reader)).toBe(false);
  });
});

describe('cookies', () => {
  test('of a sibling domain do not change who is signed in', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createReader(server), createReader(server)];
    await attacker.logIn({ user: 'grace' });
    await victim.logIn();
    const planted = await cookieOf(attacker, 'at');
    const own = await cookieOf(victim, 'at');
    for (const at of [`at=${planted}; at=${own}`, `at=${own}; at=${planted}`, `at=${planted}`]) {
      const headers = { cookie: `${at}; __Host-rt=${await cookieOf(victim, '__Host-rt')}` };
      const profile = await asIs(server, '/client/v1/profile', headers);
      expect(await readJson(profile)).toMatchObject({ userId: 'email|ada' });
    }
  });

  test('with an access token alone are nothing', async () => {
    const { server, reader } = await signedIn();
    const headers = { cookie: `at=${await cookieOf(reader, 'at')}` };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
    expect(await readJson(await asIs(server, '/auth/userinfo', headers))).toEqual({
      authenticated: false,
    });
  });

  test('by the name that plain http uses are nothing on https', async () => {
    const { server, reader } = await signedIn();
    const headers = {
      cookie: `at=${await cookieOf(reader, 'at')}; rt=${await cookieOf(reader, '__Host-rt')}`,
    };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });

  test('of one kind are not taken for another', async () => {
    const { server, reader } = await signedIn();
    const [at, rt] = [await cookieOf(reader, 'at'), await cookieOf(reader, '__Host-rt')];
    const headers = { cookie: `__Host-rt=${at}; at=${rt}` };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });

  test('of another server are nothing', async () => {
    const { reader } = await signedIn();
    const headers = { cookie: await reader.jar.getCookieString(`${SITE}/`) };
    const answer = await asIs(createHandlerServer(), '/client/v1/profile', headers);
    expect(await readJson(answer)).toMatchObject({ error: { code: 'authentication_required' } });
  });

  test('of another site of the same server are nothing', async () => {
    const { server, reader } = await signedIn();
    const headers = {
      cookie: await reader.jar.getCookieString(`${SITE}/`),
      'x-forwarded-host': 'other.publisher.test',
    };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });

  test.each([
    ['cut short', (value: string) => value.slice(0, -8)],
    ['longer', (value: string) => `${value}AAAA`],
    ['changed in the middle', (value: string) => flip(value, Math.floor(value.length / 2))],
    ['changed in the header', (value: string) => flip(value, 5)],
    ['with another tag', (value: string) => flip(value, value.length - 3)],
    ['with an empty part', (value: string) => value.replace(/\.[^.]*$/, '.')],
    ['with alg none', () => `${btoa('{"alg":"none"}').replaceAll('=', '')}....`],
    ['empty', () => ''],
    ['very long', () => 'x'.repeat(9000)],
    ['a JSON text', () => '{"id":"x"}'],
  ])('that are %s count as none, and are cleared', async (_, change) => {
    const { reader } = await signedIn();
    await plant(reader, '__Host-rt', change(await cookieOf(reader, '__Host-rt')));
    expect((await reader.fetch(PROFILE)).status).toBe(401);
    expect(await isSignedIn(reader)).toBe(false);
    expect(await reader.cookies()).toEqual({});
  });

  test('are never readable, but for the hint', async () => {
    const { reader } = await signedIn();
    const all = await reader.jar.getCookies(`${SITE}/`);
    expect(all.filter(({ httpOnly }) => !httpOnly).map(({ key, value }) => [key, value])).toEqual([
      ['sesamy_is_authenticated', 'true'],
    ]);
    expect(all.map(({ key }) => key).sort()).toEqual(SESSION_COOKIES);
    expect(all.every(({ hostOnly, secure }) => hostOnly && secure)).toBe(true);
  });

  test('are no way into the Management API', async () => {
    const { server, reader } = await signedIn();
    const headers = { cookie: await reader.jar.getCookieString(`${SITE}/`) };
    expect((await asIs(server, '/management/v1/publishers', headers)).status).toBe(401);
  });

  test('of a session that was logged out are worth nothing', async () => {
    const { server, reader } = await signedIn();
    const headers = { cookie: await reader.jar.getCookieString(`${SITE}/`) };
    await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });
});

test('no answer of the handler shows a token, a code or a verifier', async () => {
  const server = createHandlerServer();
  const reader = createReader(server);
  const login = await reader.navigate(LOGIN);
  const callback = await reader.authorize(login);
  const back = await reader.navigate(callback, FOREIGN);
  const userinfo = await (await reader.fetch('/sesamy/auth/userinfo')).text();
  const shown = [login, back].flatMap(({ headers }) => [...headers].map(([, value]) => value));
  const cookies = Object.values(await reader.cookies());
  for (const text of [...shown, ...cookies, userinfo]) {
    expect(text).not.toMatch(/rt_[\w-]{10}\./);
    expect(text).not.toContain(new URL(callback).searchParams.get('code'));
    // A JWT says who signed it; a JWE says who can read it.
    expect(text).not.toContain(btoa('{"alg":"RS256"').slice(0, 16));
  }
});

/** A request of the site with exactly these headers, behind the proxy. */
function asIs(
  server: MockServer,
  path: string,
  headers: Record<string, string>,
): Promise<Response> {
  const forwarded = {
    'x-forwarded-host': 'app.publisher.test',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/sesamy',
    'sec-fetch-site': 'same-origin',
  };
  const url = `https://api.sesamy.com${path}`;
  return server.fetch(new Request(url, { headers: { ...forwarded, ...headers } }));
}

function flip(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
