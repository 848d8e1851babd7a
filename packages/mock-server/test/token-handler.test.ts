import { describe, expect, test } from 'vitest';
import { createMockServer, type Fidelity, type MockServer } from '../src/index.js';
import { createHandlerServer, createBrowser, type Browser, SITE } from './support/site-browser.js';
import { readJson } from './support/world.js';

const CSRF = { 'x-sesamy-csrf': '1' };

async function signedIn(): Promise<{ server: MockServer; browser: Browser }> {
  const server = createHandlerServer();
  const browser = createBrowser(server);
  await browser.logIn();
  return { server, browser };
}

describe('a login', () => {
  test('a login redirects to the issuer and back to where it began', async () => {
    const browser = createBrowser(createHandlerServer());
    const back = await browser.logIn({ query: '?returnTo=/stories/7?a=b' });
    expect([back.status, back.headers.get('location')]).toEqual([302, `${SITE}/stories/7?a=b`]);
  });

  test('a login requests a code with PKCE, state, nonce and a refresh token', async () => {
    const browser = createBrowser(createHandlerServer());
    const login = await browser.navigate('/sesamy/auth/publisher-web/login', SITE);
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

  test('a login sets an encrypted session and a hint, and removes the login cookie', async () => {
    const browser = createBrowser(createHandlerServer());
    const back = await browser.logIn();
    const set = back.headers.getSetCookie().map((each) => each.replace(/=eyJ[^;]+/, '=…'));
    expect(set.slice(1)).toEqual([
      'at=…; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Lax',
      '__Host-rt=…; Path=/; Max-Age=259200; HttpOnly; Secure; SameSite=Strict',
      'sesamy_is_authenticated=true; Path=/; Max-Age=259200; Secure; SameSite=Lax',
    ]);
    expect(Object.keys(await browser.cookies()).sort()).toEqual([
      '__Host-rt',
      'at',
      'sesamy_is_authenticated',
    ]);
  });
});

describe('userinfo', () => {
  test('userinfo reports a signed-out state', async () => {
    const browser = createBrowser(createHandlerServer());
    const response = await browser.fetch('/sesamy/auth/userinfo');
    expect([
      response.status,
      response.headers.get('cache-control'),
      await readJson(response),
    ]).toEqual([200, 'no-store', { authenticated: false }]);
  });

  test('userinfo returns the signed-in user', async () => {
    const { browser } = await signedIn();
    const response = await browser.fetch('/sesamy/auth/userinfo');
    expect(await readJson(response)).toMatchObject({
      authenticated: true,
      sub: 'email|ada',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    });
  });

  test('userinfo refreshes an expired access token', async () => {
    const { server, browser } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const response = await browser.fetch('/sesamy/auth/userinfo');
    expect(await readJson(response)).toMatchObject({ authenticated: true, sub: 'email|ada' });
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('the API', () => {
  test('the API accepts the cookies in place of a bearer token', async () => {
    const { browser } = await signedIn();
    const response = await browser.fetch('/sesamy/api/client/v1/profile');
    expect(await readJson(response)).toMatchObject({ userId: 'email|ada', firstName: 'Ada' });
  });

  test('the API updates the profile for a page of the site', async () => {
    const { browser } = await signedIn();
    const response = await browser.fetch('/sesamy/api/client/v1/profile', {
      method: 'PATCH',
      headers: { ...CSRF, 'content-type': 'application/json' },
      body: JSON.stringify({ firstName: 'Augusta' }),
    });
    expect(await readJson(response)).toMatchObject({ firstName: 'Augusta' });
  });

  test('the API reports an ended session and clears its cookies', async () => {
    const { server, browser } = await signedIn();
    server.control.refreshTokens.revoke({ user: 'ada' });
    server.control.clock.advance({ hours: 2 });
    const response = await browser.fetch('/sesamy/api/client/v1/profile');
    expect([response.status, await readJson(response)]).toEqual([
      401,
      { error: 'session_expired' },
    ]);
    expect(await browser.cookies()).toEqual({});
  });

  test('the API renews the tokens once for concurrent requests', async () => {
    const { server, browser } = await signedIn();
    server.control.clock.advance({ hours: 2 });
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => browser.fetch('/sesamy/api/client/v1/profile')),
    );
    expect(responses.every(({ ok }) => ok)).toBe(true);
    expect(server.control.requests.count({ grant: 'refresh_token' })).toBe(1);
  });
});

describe('a logout', () => {
  test('a logout by script revokes the refresh token and clears all cookies', async () => {
    const { server, browser } = await signedIn();
    const response = await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect([response.status, await browser.cookies()]).toEqual([204, {}]);
    expect(server.control.refreshTokens.list()[0]?.revokedBecause).toBe('the client revoked it');
  });

  test('a logout by link also ends the single sign-on session and redirects back', async () => {
    const { server, browser } = await signedIn();
    const first = await browser.navigate('/sesamy/auth/logout?returnTo=/bye?x=1', SITE);
    const issuer = await browser.navigate(first.headers.get('location') ?? '', SITE);
    expect([issuer.status, issuer.headers.get('location')]).toEqual([302, `${SITE}/bye?x=1`]);
    expect(await browser.cookies()).toEqual({});
    expect(server.control.sessions.list()[0]?.endedAt).not.toBeNull();
    expect(server.control.refreshTokens.list()[0]?.revokedAt).not.toBeNull();
  });
});

test.each<Fidelity>(['documented', 'engine'])(
  'a session lasts from login to logout with an issuer in %s fidelity',
  async (fidelity) => {
    const server = createHandlerServer({ fidelity });
    const browser = createBrowser(server);
    await browser.logIn();
    server.control.clock.advance({ hours: 3 });
    expect((await browser.fetch('/sesamy/api/client/v1/profile')).status).toBe(200);
    expect(server.control.requests.count({ grant: 'refresh_token', status: 200 })).toBe(1);
    server.control.refreshTokens.revoke({ user: 'ada' });
    server.control.clock.advance({ hours: 3 });
    const over = await browser.fetch('/sesamy/api/client/v1/profile');
    expect([over.status, await readJson(over)]).toEqual([401, { error: 'session_expired' }]);
    await browser.logIn();
    await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
    expect(await browser.cookies()).toEqual({});
  },
);

describe('a login that does not succeed', () => {
  test('a failed login redirects back with the error and keeps the rest of the address', async () => {
    const browser = createBrowser(createHandlerServer());
    const back = await browser.logIn({ query: '?prompt=none&returnTo=/a?b=c%26d%23e' });
    const target = new URL(back.headers.get('location') ?? '');
    expect(target.href.replace(target.search, '')).toBe(`${SITE}/a#e`);
    expect(Object.fromEntries(target.searchParams)).toEqual({
      b: 'c',
      d: '',
      error: 'login_required',
      error_description: 'Login required',
    });
    expect(await browser.cookies()).toEqual({});
  });

  test.each([503, 429])(
    'a failed login reports an issuer that responds with %i',
    async (status) => {
      const server = createHandlerServer();
      server.control.faults.add({ endpoint: 'token', status, body: {} });
      const back = await createBrowser(server).logIn();
      expect(back.headers.get('location')).toContain('error=temporarily_unavailable');
    },
  );
});

test('a login forwards only parameters that the issuer supports', async () => {
  const browser = createBrowser(createHandlerServer());
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
  const login = await browser.navigate(`/sesamy/auth/publisher-web/login?${query.toString()}`);
  const request = Object.fromEntries(new URL(login.headers.get('location') ?? '').searchParams);
  expect(request).toMatchObject(passed);
  expect([request['scope'], request['audience'], request['redirect_uri']]).toEqual([
    'openid profile email offline_access',
    undefined,
    `${SITE}/sesamy/auth/publisher-web/callback`,
  ]);
});

test('logins in two tabs are independent', async () => {
  const browser = createBrowser(createHandlerServer());
  const login = (returnTo: string): Promise<Response> =>
    browser.navigate(`/sesamy/auth/publisher-web/login?returnTo=${returnTo}`, SITE);
  const callbacks = [
    await browser.authorize(await login('/one')),
    await browser.authorize(await login('/two')),
  ];
  const targets: (string | null)[] = [];
  for (const callback of callbacks)
    targets.push((await browser.navigate(callback)).headers.get('location'));
  expect(targets).toEqual([`${SITE}/one`, `${SITE}/two`]);
});

test('unfinished logins do not accumulate', async () => {
  const browser = createBrowser(createHandlerServer());
  const login = `/sesamy/auth/publisher-web/login?returnTo=/${'a'.repeat(500)}`;
  for (let count = 0; count < 20; count += 1) await browser.navigate(login);
  const newest = [await browser.navigate(login), await browser.navigate(login)];
  expect((await browser.jar.getCookieString(`${SITE}/`)).length).toBeLessThan(4500);
  for (const each of newest) {
    const back = await browser.navigate(await browser.authorize(each));
    expect(back.headers.getSetCookie()).toHaveLength(4);
  }
});

test('cookies on plain http on this machine are not Secure and have no prefix', async () => {
  const site = 'http://localhost:5173';
  const server = createHandlerServer({
    clients: [
      { clientId: 'publisher-web', callbacks: [`${site}/sesamy/auth/publisher-web/callback`] },
    ],
  });
  const browser = createBrowser(server, { site });
  const back = await browser.logIn();
  expect(Object.keys(await browser.cookies()).sort()).toEqual([
    'at',
    'rt',
    'sesamy_is_authenticated',
  ]);
  expect(back.headers.getSetCookie().join()).not.toContain('Secure');
  expect((await browser.fetch('/sesamy/api/profile')).status).toBe(200);
});

test('the seeded client is enabled behind the usual development servers', async () => {
  const server = createMockServer();
  for (const site of [
    'http://localhost:5173',
    'http://localhost:4173',
    'http://localhost:3000',
  ] as const) {
    const back = await createBrowser(server, { site }).logIn({ query: '?returnTo=/a' });
    expect(back.headers.get('location')).toBe(`${site}/a`);
  }
});

test('without a proxy the handler works on its own origin', async () => {
  const site = 'https://api.sesamy.com';
  const callbacks = [`${site}/auth/publisher-web/callback`];
  const server = createMockServer({ clients: [{ clientId: 'publisher-web', callbacks }] });
  const browser = createBrowser(server, { site, hasProxy: false });
  await browser.logIn();
  expect(await readJson(await browser.fetch('/auth/userinfo'))).toMatchObject({ sub: 'email|ada' });
  expect((await browser.fetch('/client/v1/profile')).status).toBe(200);
});

test('the cookies expire with their content', async () => {
  const lifetimes = { accessTokenSeconds: 60, refreshTokenIdleSeconds: 600 };
  const back = await createBrowser(createHandlerServer({ lifetimes })).logIn();
  const ages = back.headers.getSetCookie().map((each) => /Max-Age=(\d+)/.exec(each)?.[1]);
  expect(ages).toEqual(['0', '60', '600', '600']);
});

test('a user with very long names keeps the session, without the claims that do not fit', async () => {
  const server = createHandlerServer();
  const long = 'é'.repeat(500);
  server.control.users.update('ada', { firstName: long, lastName: long, nickname: long });
  const browser = createBrowser(server);
  const back = await browser.logIn();
  const sizes = back.headers.getSetCookie().map(({ length }) => length);
  expect(Math.max(...sizes)).toBeLessThan(4096);
  expect(await readJson(await browser.fetch('/sesamy/auth/userinfo'))).toMatchObject({
    authenticated: true,
    sub: 'email|ada',
    email: 'ada@example.com',
  });
});

test('control.signIn finishes a login of the handler', async () => {
  const server = createHandlerServer();
  const browser = createBrowser(server);
  const login = await browser.navigate('/sesamy/auth/publisher-web/login?returnTo=/a');
  const authorizationUrl = login.headers.get('location') ?? '';
  const callback = await server.control.signIn({ authorizationUrl, user: 'grace' });
  const back = await browser.navigate(callback);
  expect(back.headers.get('location')).toBe(`${SITE}/a`);
  expect(await readJson(await browser.fetch('/sesamy/auth/userinfo'))).toMatchObject({
    sub: 'email|grace',
  });
});

test('a second login replaces the first', async () => {
  const { browser } = await signedIn();
  await browser.logIn({ user: 'grace', query: '?prompt=login' });
  const response = await browser.fetch('/sesamy/api/client/v1/profile');
  expect(await readJson(response)).toMatchObject({ userId: 'email|grace' });
});

describe('the request log', () => {
  test('the request log names the user without storing a token', async () => {
    const { server, browser } = await signedIn();
    await browser.fetch('/sesamy/api/client/v1/profile');
    const [logged] = server.control.requests.list({ endpoint: 'profile' });
    expect(logged).toMatchObject({ user: 'ada', clientId: 'publisher-web', status: 200 });
    const text = JSON.stringify(server.control.requests.list());
    expect(text).not.toMatch(/eyJ|rt_/);
  });

  test('a fault can hit the cookie requests of one user', async () => {
    const { server, browser } = await signedIn();
    server.control.faults.add({ endpoint: 'profile', user: 'ada', status: 500 });
    expect((await browser.fetch('/sesamy/api/client/v1/profile')).status).toBe(500);
  });
});

test('an Authorization header takes precedence over the cookies', async () => {
  const { browser } = await signedIn();
  const headers = { authorization: 'Bearer a.b.c' };
  expect((await browser.fetch('/sesamy/api/client/v1/profile', { headers })).status).toBe(401);
});

test('a logout without a session still ends the single sign-on session', async () => {
  const { server, browser } = await signedIn();
  await browser.jar.removeAllCookies();
  const response = await browser.navigate('/sesamy/auth/logout', SITE);
  const target = new URL(response.headers.get('location') ?? '');
  expect(target.origin + target.pathname).toBe(`${server.issuer}v2/logout`);
  expect(Object.fromEntries(target.searchParams)).toEqual({
    client_id: 'publisher-web',
    returnTo: `${SITE}/`,
  });
});

test('a logout works while the issuer is down', async () => {
  const { server, browser } = await signedIn();
  server.control.faults.add({ endpoint: 'revoke', reset: true });
  const response = await browser.fetch('/sesamy/auth/logout', { method: 'POST', headers: CSRF });
  expect([response.status, await browser.cookies()]).toEqual([204, {}]);
});
