import { describe, expect, test } from 'vitest';
import type { MockServer } from '../src/index.js';
import {
  createHandlerServer,
  createBrowser,
  FOREIGN,
  type From,
  type Browser,
  SIBLING,
  SITE,
} from './support/site-browser.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };
const PROFILE = '/sesamy/api/client/v1/profile';
const LOGIN = '/sesamy/auth/publisher-web/login';
const SESSION_COOKIES = ['__Host-rt', 'at', 'sesamy_is_authenticated'];

async function signedIn(options?: {
  isOld?: boolean;
}): Promise<{ server: MockServer; browser: Browser }> {
  const server = createHandlerServer();
  const browser = createBrowser(server, options);
  await browser.logIn();
  return { server, browser };
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  const { authenticated } = await readJson<{ authenticated: boolean }>(
    await browser.fetch('/sesamy/auth/userinfo'),
  );
  return authenticated;
}

/** Puts a cookie into a browser without any check, as an attacker may by other means. */
async function plant(browser: Browser, name: string, value: string, domain = ''): Promise<void> {
  const attributes = domain === '' ? '' : `; Domain=${domain}`;
  const cookie = `${name}=${value}; Path=/; Secure${attributes}`;
  await browser.jar.setCookie(cookie, `${domain === '' ? SITE : SIBLING}/`);
}

async function cookieOf(browser: Browser, name: string): Promise<string> {
  return (await browser.cookies())[name] ?? '';
}

describe('a forged logout', () => {
  test.each<[string, From, HeadersInit]>([
    ['a link on another site', FOREIGN, {}],
    ['a link on a sibling domain', SIBLING, {}],
    ['an image on another site', FOREIGN, { 'sec-fetch-dest': 'image' }],
    ['an image on a sibling domain', SIBLING, { 'sec-fetch-dest': 'image' }],
    ['an image that a user of the site posted', SITE, { 'sec-fetch-dest': 'image' }],
    ['a frame', SITE, { 'sec-fetch-dest': 'iframe' }],
    ['a link that is fetched before it is clicked', SITE, { 'sec-purpose': 'prefetch' }],
  ])('a forged logout by %s only shows the confirmation', async (_, from, headers) => {
    const { server, browser } = await signedIn();
    const response = await browser.navigate('/sesamy/auth/logout', from, headers);
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('Sign out?'),
    ]);
    expect(await isSignedIn(browser)).toBe(true);
    expect(server.control.refreshTokens.list()[0]?.revokedAt).toBeNull();
  });

  test.each([undefined, `${FOREIGN}/`, `${SIBLING}/`, `${FOREIGN}/?${SITE}/`])(
    'a forged logout by a link with the referrer %j in an old browser only shows the confirmation',
    async (referer) => {
      const { browser } = await signedIn({ isOld: true });
      const headers: HeadersInit = referer === undefined ? {} : { referer };
      const response = await browser.navigate('/sesamy/auth/logout', FOREIGN, headers);
      expect(response.status).toBe(200);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  test.each([FOREIGN, SIBLING] as const)(
    'a forged logout by a form on %s is rejected',
    async (from) => {
      const { browser } = await signedIn();
      const response = await browser.submit('/sesamy/auth/logout', { confirm: 'yes' }, from);
      expect(response.status).toBe(403);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  test.each([FOREIGN, SIBLING] as const)(
    'a forged logout by a form on %s is rejected in an old browser, too',
    async (from) => {
      const { browser } = await signedIn({ isOld: true });
      const response = await browser.submit('/sesamy/auth/logout', { confirm: 'yes' }, from);
      expect(response.status).toBe(403);
      expect(await isSignedIn(browser)).toBe(true);
    },
  );

  test('a forged logout by a form without an origin is rejected', async () => {
    const { browser } = await signedIn({ isOld: true });
    const headers = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', body: 'confirm=yes', headers };
    expect((await browser.fetch('/sesamy/auth/logout', init)).status).toBe(403);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each<[string, From, HeadersInit]>([
    ['without the header', SITE, {}],
    ['with another value of the header', SITE, { 'x-sesamy-csrf': 'true' }],
    ['by a script of a sibling domain', SIBLING, CSRF],
    ['by a script of another site', FOREIGN, CSRF],
  ])('a forged logout: %s is rejected', async (_, from, headers) => {
    const { browser } = await signedIn();
    const response = await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers }, from);
    expect([response.status, await isSignedIn(browser)]).toEqual([403, true]);
  });
});

describe('the confirmation page', () => {
  test('the confirmation page logs out when the user agrees', async () => {
    const { browser } = await signedIn();
    const page = await (
      await browser.navigate('/sesamy/auth/logout?returnTo=/a?b=c', FOREIGN)
    ).text();
    const action = /action="([^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const response = await browser.submit(`/sesamy/auth/logout${action}`, { confirm: 'yes' }, SITE);
    const target = new URL(response.headers.get('location') ?? '');
    expect([response.status, target.searchParams.get('returnTo')]).toEqual([303, `${SITE}/a?b=c`]);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('the confirmation page cannot be framed and reveals its origin to the form only', async () => {
    const { browser } = await signedIn();
    const { headers } = await browser.navigate('/sesamy/auth/logout', FOREIGN);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  });
});

describe('a forged profile update', () => {
  const change = { method: 'PATCH', body: '{"firstName":"Mallory"}' };

  test.each<[string, From, Record<string, string>]>([
    ['without the header', SITE, {}],
    ['from a sibling domain', SIBLING, CSRF],
    ['from another site', FOREIGN, CSRF],
    ['that names another origin', SITE, { ...CSRF, origin: FOREIGN }],
    ['that names no origin', SITE, { ...CSRF, origin: 'null' }],
  ])('a forged profile update: %s is rejected', async (_, from, headers) => {
    const { server, browser } = await signedIn();
    // Browsers omit the cookies of a cross-site request; here they are sent regardless.
    const cookie = { cookie: await browser.jar.getCookieString(`${SITE}/`) };
    const response = await browser.fetch(
      PROFILE,
      { ...change, headers: { ...cookie, ...headers } },
      from,
    );
    expect([response.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
    expect(await readJson(response)).toMatchObject({ error: { code: 'insufficient_permissions' } });
  });

  test.each<[string, From, Record<string, string>]>([
    ['from a sibling domain', SIBLING, CSRF],
    ['that names no origin', SITE, { ...CSRF, origin: 'null' }],
  ])('a forged profile update: %s is rejected in an old browser, too', async (_, from, headers) => {
    const { server, browser } = await signedIn({ isOld: true });
    const response = await browser.fetch(PROFILE, { ...change, headers }, from);
    expect([response.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
  });

  test('a forged profile update without any origin is rejected', async () => {
    const { server, browser } = await signedIn();
    const cookie = await browser.jar.getCookieString(`${SITE}/`);
    const url = 'https://app.publisher.test/client/v1/profile';
    const response = await server.fetch(
      new Request(url, { ...change, headers: { ...CSRF, cookie } }),
    );
    expect([response.status, server.control.users.get('ada').firstName]).toEqual([403, 'Ada']);
  });

  test.each([SIBLING, FOREIGN] as const)(
    'a preflight from %s does not allow a profile update',
    async (from) => {
      const { browser } = await signedIn();
      const headers = {
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'x-sesamy-csrf',
      };
      const response = await browser.fetch(PROFILE, { method: 'OPTIONS', headers }, from);
      expect(response.headers.get('access-control-allow-headers')).not.toMatch(/csrf/i);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );
});

test('a page of a sibling domain cannot read the profile', async () => {
  const { browser } = await signedIn();
  const asScript = { 'sec-fetch-dest': 'script' };
  expect((await browser.fetch(PROFILE, {}, SIBLING)).status).toBe(403);
  expect((await browser.navigate(PROFILE, SIBLING, asScript)).status).toBe(403);
});

test.each([SIBLING, FOREIGN, 'null'])('userinfo has no CORS headers for %s', async (origin) => {
  const { browser } = await signedIn();
  const request = await browser.fetch('/sesamy/auth/userinfo', { headers: { origin } });
  const preflight = await browser.fetch('/sesamy/auth/userinfo', {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  });
  const names = [...request.headers.keys(), ...preflight.headers.keys()];
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

  test.each(targets)('a login with returnTo %j is rejected', async (target) => {
    const browser = createBrowser(createHandlerServer());
    const response = await browser.navigate(`${LOGIN}?returnTo=${encodeURIComponent(target)}`);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test.each(targets)('a logout with returnTo %j is rejected', async (target) => {
    const { browser } = await signedIn();
    const response = await browser.navigate(
      `/sesamy/auth/logout?returnTo=${encodeURIComponent(target)}`,
      SITE,
    );
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  test.each(['login', 'logout'])('a second returnTo at the %s is rejected', async (route) => {
    const browser = createBrowser(createHandlerServer());
    const path = route === 'login' ? LOGIN : '/sesamy/auth/logout';
    const response = await browser.navigate(`${path}?returnTo=/&returnTo=${FOREIGN}`, SITE);
    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  test('a callback redirects only to the address of its login', async () => {
    const browser = createBrowser(createHandlerServer());
    const callback = new URL(
      await browser.authorize(await browser.navigate(`${LOGIN}?returnTo=/a`)),
    );
    callback.searchParams.set('returnTo', FOREIGN);
    const response = await browser.navigate(callback.href, FOREIGN);
    expect(response.headers.get('location')).toBe(`${SITE}/a`);
  });
});

describe('a callback', () => {
  test('a repeated callback without its login cookie sets and changes nothing', async () => {
    const server = createHandlerServer();
    const browser = createBrowser(server);
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    await browser.navigate(callback, FOREIGN);
    const again = await browser.navigate(callback, FOREIGN);
    expect([again.status, again.headers.getSetCookie()]).toEqual([400, []]);
    expect(await isSignedIn(browser)).toBe(true);
    expect(server.control.refreshTokens.list()[0]?.revokedAt).toBeNull();
  });

  test('two concurrent requests of one callback get the same session', async () => {
    const server = createHandlerServer();
    const browser = createBrowser(server);
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    const responses = await Promise.all([1, 2].map(() => browser.navigate(callback, FOREIGN)));
    expect(responses.map(({ headers }) => headers.get('location'))).toEqual([
      `${SITE}/`,
      `${SITE}/`,
    ]);
    expect(server.control.refreshTokens.list().map(({ revokedAt }) => revokedAt)).toEqual([null]);
  });

  test('a callback with another browser’s code starts no session (login CSRF)', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createBrowser(server), createBrowser(server)];
    const callback = await attacker.authorize(await attacker.navigate(LOGIN), 'grace');
    const response = await victim.navigate(callback, FOREIGN);
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []]);
    expect(await isSignedIn(victim)).toBe(false);
  });

  test('a callback with another browser’s code and state starts no session', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createBrowser(server), createBrowser(server)];
    const stolen = new URL(await attacker.authorize(await attacker.navigate(LOGIN), 'grace'));
    const own = new URL(await victim.authorize(await victim.navigate(LOGIN)));
    own.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    const response = await victim.navigate(own.href, FOREIGN);
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe(
      'server_error',
    );
    expect(await isSignedIn(victim)).toBe(false);
  });

  test('a callback with the login cookie of another login is rejected', async () => {
    const browser = createBrowser(createHandlerServer());
    const first = await browser.authorize(await browser.navigate(LOGIN));
    const [firstName = ''] = Object.keys(await browser.cookies());
    const other = createBrowser(createHandlerServer());
    await other.navigate(LOGIN);
    const [, value = ''] = Object.entries(await other.cookies())[0] ?? [];
    await plant(browser, firstName, value);
    expect((await browser.navigate(first, FOREIGN)).status).toBe(400);
  });

  test('a callback with the login cookies of two tabs swapped is rejected', async () => {
    const browser = createBrowser(createHandlerServer());
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    await browser.navigate(LOGIN);
    const [one, two] = await browser.jar.getCookies(`${SITE}/`);
    await plant(browser, one?.key ?? '', two?.value ?? '');
    expect((await browser.navigate(callback, FOREIGN)).status).toBe(400);
  });

  test('a callback finds its own login beside a planted one', async () => {
    const server = createHandlerServer();
    const attacker = createBrowser(server);
    await attacker.navigate(LOGIN);
    const browser = createBrowser(server);
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    const [own] = await browser.jar.getCookies(`${SITE}/`);
    const [planted = ''] = Object.values(await attacker.cookies());
    const headers = { cookie: `${own?.key}=${planted}; ${own?.cookieString()}` };
    await browser.jar.removeAllCookies();
    expect((await browser.navigate(callback, FOREIGN, headers)).status).toBe(302);
  });

  test('a callback of another vendor is rejected', async () => {
    const server = createHandlerServer();
    const callbacks = [`${SITE}/sesamy/auth/other/callback`];
    server.control.clients.add({ clientId: 'other', callbacks });
    const browser = createBrowser(server);
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    const response = await browser.navigate(callback.replace('publisher-web', 'other'), FOREIGN);
    expect([response.status, response.headers.getSetCookie()]).toEqual([400, []]);
  });

  test('a callback an hour after its login is rejected', async () => {
    const server = createHandlerServer();
    const browser = createBrowser(server);
    const login = await browser.navigate(LOGIN);
    server.control.clock.advance({ hours: 1 });
    expect((await browser.navigate(await browser.authorize(login), FOREIGN)).status).toBe(400);
  });

  test('a callback with a repeated parameter is rejected', async () => {
    const browser = createBrowser(createHandlerServer());
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    expect((await browser.navigate(`${callback}&code=x`, FOREIGN)).status).toBe(400);
  });

  test.each([
    'nonce-invalid',
    'nonce-missing',
    'aud-invalid',
    'iss-invalid',
    'signature-other-key',
    'alg-none',
    'exp-past',
  ] as const)('a callback whose ID token is %s starts no session', async (idToken) => {
    const server = createHandlerServer();
    server.control.faults.add({ idToken });
    const browser = createBrowser(server);
    const back = await browser.logIn({ query: '?returnTo=/a?b=c' });
    const target = new URL(back.headers.get('location') ?? '');
    expect([
      target.pathname,
      target.searchParams.get('b'),
      target.searchParams.get('error'),
    ]).toEqual(['/a', 'c', 'server_error']);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test.each(['organization', 'max_age'])(
    'a callback of a login whose %s was stripped on the way starts no session',
    async (name) => {
      const server = createHandlerServer();
      server.control.users.update('ada', { organizations: ['org_tides'] });
      const browser = createBrowser(server);
      await browser.logIn();
      await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
      server.control.clock.advance({ hours: 1 });
      const login = await browser.navigate(`${LOGIN}?organization=org_tides&max_age=60`);
      const url = new URL(login.headers.get('location') ?? '');
      url.searchParams.delete(name);
      const changed = new Response(null, { headers: { location: url.href } });
      const response = await browser.navigate(await browser.authorize(changed), FOREIGN);
      expect(response.headers.get('location')).toContain('error=server_error');
      expect(await isSignedIn(browser)).toBe(false);
    },
  );

  test('a callback from another issuer starts no session', async () => {
    const browser = createBrowser(createHandlerServer());
    const callback = await browser.authorize(await browser.navigate(LOGIN));
    const response = await browser.navigate(`${callback}&iss=${FOREIGN}/`, FOREIGN);
    expect(response.headers.get('location')).toContain('error=server_error');
    expect(await isSignedIn(browser)).toBe(false);
  });
});

describe('cookies', () => {
  test('cookies of a sibling domain do not change the signed-in user', async () => {
    const server = createHandlerServer();
    const [attacker, victim] = [createBrowser(server), createBrowser(server)];
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

  test('an access cookie without a session cookie is ignored', async () => {
    const { server, browser } = await signedIn();
    const headers = { cookie: `at=${await cookieOf(browser, 'at')}` };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
    expect(await readJson(await asIs(server, '/auth/userinfo', headers))).toEqual({
      authenticated: false,
    });
  });

  test('cookies under their plain http name are ignored on https', async () => {
    const { server, browser } = await signedIn();
    const headers = {
      cookie: `at=${await cookieOf(browser, 'at')}; rt=${await cookieOf(browser, '__Host-rt')}`,
    };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });

  test('cookies of one kind are not accepted as another', async () => {
    const { server, browser } = await signedIn();
    const [at, rt] = [await cookieOf(browser, 'at'), await cookieOf(browser, '__Host-rt')];
    const headers = { cookie: `__Host-rt=${at}; at=${rt}` };
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });

  test('cookies of another server are ignored', async () => {
    const { browser } = await signedIn();
    const headers = { cookie: await browser.jar.getCookieString(`${SITE}/`) };
    const response = await asIs(createHandlerServer(), '/client/v1/profile', headers);
    expect(await readJson(response)).toMatchObject({ error: { code: 'authentication_required' } });
  });

  test('cookies of another site of the same server are ignored', async () => {
    const { server, browser } = await signedIn();
    const headers = {
      cookie: await browser.jar.getCookieString(`${SITE}/`),
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
  ])('cookies that are %s are ignored and cleared', async (_, change) => {
    const { browser } = await signedIn();
    await plant(browser, '__Host-rt', change(await cookieOf(browser, '__Host-rt')));
    expect((await browser.fetch(PROFILE)).status).toBe(401);
    expect(await isSignedIn(browser)).toBe(false);
    expect(await browser.cookies()).toEqual({});
  });

  test('scripts can read no cookie except the hint', async () => {
    const { browser } = await signedIn();
    const all = await browser.jar.getCookies(`${SITE}/`);
    expect(all.filter(({ httpOnly }) => !httpOnly).map(({ key, value }) => [key, value])).toEqual([
      ['sesamy_is_authenticated', 'true'],
    ]);
    expect(all.map(({ key }) => key).sort()).toEqual(SESSION_COOKIES);
    expect(all.every(({ hostOnly, secure }) => hostOnly && secure)).toBe(true);
  });

  test('cookies give no access to the Management API', async () => {
    const { server, browser } = await signedIn();
    const headers = { cookie: await browser.jar.getCookieString(`${SITE}/`) };
    expect((await asIs(server, '/management/v1/publishers', headers)).status).toBe(401);
  });

  test('cookies of a logged-out session are ignored', async () => {
    const { server, browser } = await signedIn();
    const headers = { cookie: await browser.jar.getCookieString(`${SITE}/`) };
    await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect((await asIs(server, '/client/v1/profile', headers)).status).toBe(401);
  });
});

test('no response of the handler contains a token, a code or a verifier', async () => {
  const server = createHandlerServer();
  const browser = createBrowser(server);
  const login = await browser.navigate(LOGIN);
  const callback = await browser.authorize(login);
  const back = await browser.navigate(callback, FOREIGN);
  const userinfo = await (await browser.fetch('/sesamy/auth/userinfo')).text();
  const shown = [login, back].flatMap(({ headers }) => [...headers].map(([, value]) => value));
  const cookies = Object.values(await browser.cookies());
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
