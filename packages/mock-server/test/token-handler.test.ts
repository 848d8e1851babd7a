import { describe, expect, test } from 'vitest';
import { createMockServer, type Fidelity, type MockServer } from '../src/index.js';
import { createHandlerServer, createReader, type Reader, SITE } from './support/reader.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };

async function signedIn(): Promise<{ server: MockServer; reader: Reader }> {
  const server = createHandlerServer();
  const reader = createReader(server);
  await reader.logIn();
  return { server, reader };
}

describe('a login', () => {
  test('leads to the issuer and back to where it began', async () => {
    const reader = createReader(createHandlerServer());
    const back = await reader.logIn({ query: '?returnTo=/stories/7?a=b' });
    expect([back.status, back.headers.get('location')]).toEqual([302, `${SITE}/stories/7?a=b`]);
  });

  test('asks the issuer for a code with PKCE, state, nonce and a refresh token', async () => {
    const reader = createReader(createHandlerServer());
    const login = await reader.navigate('/sesamy/auth/publisher-web/login', SITE);
    const url = new URL(login.headers.get('location') ?? '');
    expect(url.origin + url.pathname).toBe('https://token.sesamy.com/authorize');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'publisher-web',
      redirect_uri: `${SITE}/sesamy/auth/publisher-web/callback`,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      state: expect.stringMatching(/^[\w-]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{32}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  test('leaves an encrypted session and a hint behind, and nothing of the login', async () => {
    const reader = createReader(createHandlerServer());
    const back = await reader.logIn();
    const set = back.headers.getSetCookie().map((each) => each.replace(/=eyJ[^;]+/, '=…'));
    expect(set.slice(1)).toEqual([
      'at=…; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax',
      '__Host-rt=…; Path=/; Max-Age=259200; HttpOnly; Secure; SameSite=Strict',
      'sesamy_is_authenticated=true; Path=/; Max-Age=259200; Secure; SameSite=Lax',
    ]);
    expect(Object.keys(await reader.cookies()).sort()).toEqual([
      '__Host-rt',
      'at',
      'sesamy_is_authenticated',
    ]);
  });
});

describe('userinfo', () => {
  test('tells that nobody is signed in', async () => {
    const reader = createReader(createHandlerServer());
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect([answer.status, answer.headers.get('cache-control'), await readJson(answer)]).toEqual([
      200,
      'no-store',
      { authenticated: false },
    ]);
  });

  test('tells who is signed in', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect(await readJson(answer)).toMatchObject({
      authenticated: true,
      sub: 'email|ada',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
  });

  test('refreshes inside when the access token is over', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const answer = await reader.fetch('/sesamy/auth/userinfo');
    expect(await readJson(answer)).toMatchObject({ authenticated: true, sub: 'email|ada' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('the API', () => {
  test('takes the cookies for a bearer token', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/api/client/v1/profile');
    expect(await readJson(answer)).toMatchObject({ userId: 'email|ada', firstName: 'Ada' });
  });

  test('changes the profile for a page of the site', async () => {
    const { reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/api/client/v1/profile', {
      method: 'PATCH',
      headers: { ...CSRF, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Augusta' }),
    });
    expect(await readJson(answer)).toMatchObject({ firstName: 'Augusta' });
  });

  test('says that the session is over, and clears its cookies', async () => {
    const { server, reader } = await signedIn();
    server.control.refreshTokens.revoke({ user: 'ada' });
    server.control.clock.advance({ hours: 2 });
    const answer = await reader.fetch('/sesamy/api/client/v1/profile');
    expect([answer.status, await readJson(answer)]).toEqual([401, { error: 'session_expired' }]);
    expect(await reader.cookies()).toEqual({});
  });

  test('renews the tokens once for requests that come together', async () => {
    const { server, reader } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => reader.fetch('/sesamy/api/client/v1/profile')),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('a logout', () => {
  test('by a script revokes the refresh token and clears all cookies', async () => {
    const { server, reader } = await signedIn();
    const answer = await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect([answer.status, await reader.cookies()]).toEqual([204, {}]);
    expect(server.control.refreshTokens.list()[0]?.revokedBecause).toBe('the client revoked it');
  });

  test('by a link also ends the single sign-on session, and returns', async () => {
    const { server, reader } = await signedIn();
    const first = await reader.navigate('/sesamy/auth/logout?returnTo=/bye?x=1', SITE);
    const issuer = await reader.navigate(first.headers.get('location') ?? '', SITE);
    expect([issuer.status, issuer.headers.get('location')]).toEqual([302, `${SITE}/bye?x=1`]);
    expect(await reader.cookies()).toEqual({});
    expect(server.control.sessions.list()[0]?.endedAt).not.toBeNull();
    expect(server.control.refreshTokens.list()[0]?.revokedAt).not.toBeNull();
  });
});

test.each<Fidelity>(['documented', 'engine'])(
  'a session lives from login to logout in front of the issuer as %s',
  async (fidelity) => {
    const server = createHandlerServer({ fidelity });
    const reader = createReader(server);
    await reader.logIn();
    server.control.clock.advance({ hours: 3 });
    expect((await reader.fetch('/sesamy/api/client/v1/profile')).status).toBe(200);
    expect(server.control.requests.count({ grant: 'refresh_token', status: 200 })).toBe(1);
    server.control.refreshTokens.revoke({ user: 'ada' });
    server.control.clock.advance({ hours: 3 });
    const over = await reader.fetch('/sesamy/api/client/v1/profile');
    expect([over.status, await readJson(over)]).toEqual([401, { error: 'session_expired' }]);
    await reader.logIn();
    await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect(await reader.cookies()).toEqual({});
  },
);

describe('a login that does not succeed', () => {
  test('leads back with the error, and keeps the rest of the address', async () => {
    const reader = createReader(createHandlerServer());
    const back = await reader.logIn({ query: '?prompt=none&returnTo=/a?b=c%26d%23e' });
    const target = new URL(back.headers.get('location') ?? '');
    expect(target.href.replace(target.search, '')).toBe(`${SITE}/a#e`);
    expect(Object.fromEntries(target.searchParams)).toEqual({
      b: 'c',
      d: '',
      error: 'login_required',
      error_description: 'Login required',
    });
    expect(await reader.cookies()).toEqual({});
  });

  test.each([503, 429])('says so when the issuer answers %i', async (status) => {
    const server = createHandlerServer();
    server.control.faults.add({ endpoint: 'token', status, body: {} });
    const back = await createReader(server).logIn();
    expect(back.headers.get('location')).toContain('error=temporarily_unavailable');
  });
});

test('a login passes on what the issuer understands, and nothing else', async () => {
  const reader = createReader(createHandlerServer());
  const passed = {
    login_hint: 'ada@example.com',
    screen_hint: 'signup',
    prompt: 'login',
    ui_locales: 'sv en',
    max_age: '60',
    acr_values: 'a',
    organization: 'org_analytical',
    connection: 'email',
  };
  const others = { scope: 'all', audience: 'x', redirect_uri: 'https://evil.test/', state: 's' };
  const query = new URLSearchParams({ ...passed, ...others });
  const login = await reader.navigate(`/sesamy/auth/publisher-web/login?${query.toString()}`);
  const asked = Object.fromEntries(new URL(login.headers.get('location') ?? '').searchParams);
  expect(asked).toMatchObject(passed);
  expect([asked['scope'], asked['audience'], asked['redirect_uri']]).toEqual([
    'openid profile email offline_access',
    undefined,
    `${SITE}/sesamy/auth/publisher-web/callback`,
  ]);
});

test('logins in two tabs do not meet', async () => {
  const reader = createReader(createHandlerServer());
  const login = (returnTo: string): Promise<Response> =>
    reader.navigate(`/sesamy/auth/publisher-web/login?returnTo=${returnTo}`, SITE);
  const callbacks = [
    await reader.authorize(await login('/one')),
    await reader.authorize(await login('/two')),
  ];
  const targets: (string | null)[] = [];
  for (const callback of callbacks)
    targets.push((await reader.navigate(callback)).headers.get('location'));
  expect(targets).toEqual([`${SITE}/one`, `${SITE}/two`]);
});

test('logins that nobody finished do not pile up', async () => {
  const reader = createReader(createHandlerServer());
  const login = `/sesamy/auth/publisher-web/login?returnTo=/${'a'.repeat(500)}`;
  for (let count = 0; count < 20; count += 1) await reader.navigate(login);
  const newest = [await reader.navigate(login), await reader.navigate(login)];
  expect((await reader.jar.getCookieString(`${SITE}/`)).length).toBeLessThan(4500);
  for (const each of newest) {
    const back = await reader.navigate(await reader.authorize(each));
    expect(back.headers.getSetCookie()).toHaveLength(4);
  }
});

test('on plain http on this machine the cookies are not Secure, and have no prefix', async () => {
  const site = 'http://localhost:5173';
  const server = createHandlerServer({
    clients: [
      { clientId: 'publisher-web', callbacks: [`${site}/sesamy/auth/publisher-web/callback`] },
    ],
  });
  const reader = createReader(server, { site });
  const back = await reader.logIn();
  expect(Object.keys(await reader.cookies()).sort()).toEqual([
    'at',
    'rt',
    'sesamy_is_authenticated',
  ]);
  expect(back.headers.getSetCookie().join()).not.toContain('Secure');
  expect((await reader.fetch('/sesamy/api/profile')).status).toBe(200);
});

test('the seeded client is enabled behind the usual development servers', async () => {
  const server = createMockServer();
  for (const site of [
    'http://localhost:5173',
    'http://localhost:4173',
    'http://localhost:3000',
  ] as const) {
    const back = await createReader(server, { site }).logIn({ query: '?returnTo=/a' });
    expect(back.headers.get('location')).toBe(`${site}/a`);
  }
});

test('without a proxy the handler works on its own origin', async () => {
  const site = 'https://api.sesamy.com';
  const callbacks = [`${site}/auth/publisher-web/callback`];
  const server = createMockServer({ clients: [{ clientId: 'publisher-web', callbacks }] });
  const reader = createReader(server, { site, hasProxy: false });
  await reader.logIn();
  expect(await readJson(await reader.fetch('/auth/userinfo'))).toMatchObject({ sub: 'email|ada' });
  expect((await reader.fetch('/client/v1/profile')).status).toBe(200);
});

test('the cookies live as long as what they hold', async () => {
  const lifetimes = { accessTokenSeconds: 60, refreshTokenIdleSeconds: 600 };
  const back = await createReader(createHandlerServer({ lifetimes })).logIn();
  const ages = back.headers.getSetCookie().map((each) => /Max-Age=(\d+)/.exec(each)?.[1]);
  expect(ages).toEqual(['0', '60', '600', '600']);
});

test('a reader with very long names keeps the session, without the claims that do not fit', async () => {
  const server = createHandlerServer();
  const long = 'é'.repeat(500);
  server.control.users.update('ada', { firstName: long, lastName: long, nickname: long });
  const reader = createReader(server);
  const back = await reader.logIn();
  const sizes = back.headers.getSetCookie().map(({ length }) => length);
  expect(Math.max(...sizes)).toBeLessThan(4096);
  expect(await readJson(await reader.fetch('/sesamy/auth/userinfo'))).toMatchObject({
    authenticated: true,
    sub: 'email|ada',
    email: 'ada@example.com',
  });
});

test('control.signIn finishes a login that the handler began', async () => {
  const server = createHandlerServer();
  const reader = createReader(server);
  const login = await reader.navigate('/sesamy/auth/publisher-web/login?returnTo=/a');
  const authorizationUrl = login.headers.get('location') ?? '';
  const callback = await server.control.signIn({ authorizationUrl, user: 'grace' });
  const back = await reader.navigate(callback);
  expect(back.headers.get('location')).toBe(`${SITE}/a`);
  expect(await readJson(await reader.fetch('/sesamy/auth/userinfo'))).toMatchObject({
    sub: 'email|grace',
  });
});

test('a login after a login takes over', async () => {
  const { reader } = await signedIn();
  await reader.logIn({ user: 'grace', query: '?prompt=login' });
  const answer = await reader.fetch('/sesamy/api/client/v1/profile');
  expect(await readJson(answer)).toMatchObject({ userId: 'email|grace' });
});

describe('the request log', () => {
  test('knows whose request it was, without a token', async () => {
    const { server, reader } = await signedIn();
    await reader.fetch('/sesamy/api/client/v1/profile');
    const [logged] = server.control.requests.list({ endpoint: 'profile' });
    expect(logged).toMatchObject({ user: 'ada', clientId: 'publisher-web', status: 200 });
    const text = JSON.stringify(server.control.requests.list());
    expect(text).not.toMatch(/eyJ|rt_/);
  });

  test('lets a fault hit the cookie requests of one user', async () => {
    const { server, reader } = await signedIn();
    server.control.faults.add({ endpoint: 'profile', user: 'ada', status: 500 });
    expect((await reader.fetch('/sesamy/api/client/v1/profile')).status).toBe(500);
  });
});

test('an Authorization header goes before the cookies', async () => {
  const { reader } = await signedIn();
  const headers = { authorization: 'Bearer a.b.c' };
  expect((await reader.fetch('/sesamy/api/client/v1/profile', { headers })).status).toBe(401);
});

test('a logout without a session still ends the single sign-on session', async () => {
  const { server, reader } = await signedIn();
  await reader.jar.removeAllCookies();
  const answer = await reader.navigate('/sesamy/auth/logout', SITE);
  const target = new URL(answer.headers.get('location') ?? '');
  expect(target.origin + target.pathname).toBe(`${server.issuer}v2/logout`);
  expect(Object.fromEntries(target.searchParams)).toEqual({
    client_id: 'publisher-web',
    returnTo: `${SITE}/`,
  });
});

test('a logout works while the issuer does not', async () => {
  const { server, reader } = await signedIn();
  server.control.faults.add({ endpoint: 'revoke', reset: true });
  const answer = await reader.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
  expect([answer.status, await reader.cookies()]).toEqual([204, {}]);
});
