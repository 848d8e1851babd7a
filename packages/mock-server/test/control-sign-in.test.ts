import { expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';

const TOKEN = 'token-of-sixteen-or-more';
const ORIGIN = 'http://mock:4400';
const PAGE = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' };

function create(controlToken: string | undefined = TOKEN): MockServer {
  return createMockServer({ hasControlPlane: true, controlToken });
}

function send(server: MockServer, path: string, init?: RequestInit): Promise<Response> {
  return server.fetch(`${ORIGIN}/mock/${path}`, { redirect: 'manual', ...init });
}

function signIn(server: MockServer, token: string): Promise<Response> {
  const body = new URLSearchParams({ token });
  return send(server, 'sign-in', { method: 'POST', headers: { origin: ORIGIN }, body });
}

/** The cookie header of a browser that has signed in. */
async function cookieHeader(server: MockServer): Promise<string> {
  const response = await signIn(server, TOKEN);
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

test('a browser of another machine gets a form for the control token', async () => {
  const response = await send(create(), '', { headers: PAGE });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('action="/mock/sign-in"');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('without a control token there is no sign-in form', async () => {
  const response = await send(createMockServer({ hasControlPlane: true }), '', { headers: PAGE });
  expect([response.status, response.headers.get('content-type')]).toEqual([
    403,
    'application/json',
  ]);
});

test('the right token redirects to the dashboard and sets a cookie that scripts and other sites do not get', async () => {
  const server = create();
  const response = await signIn(server, ` ${TOKEN} `);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/mock/']);
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/; Path=\/mock; HttpOnly; SameSite=Strict$/);
  expect(cookie).not.toContain(TOKEN);
  const headers = { ...PAGE, cookie: cookie.split(';')[0] ?? '' };
  expect((await send(server, '', { headers })).status).toBe(200);
});

test.each(['', 'another-token-of-sixteen', `${TOKEN}x`])(
  'the token "%s" sets no cookie',
  async (token) => {
    const response = await signIn(create(), token);
    expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
    expect(await response.text()).toContain('This is not the token');
  },
);

test.each([
  ['of the page', { 'sec-fetch-site': 'same-origin', origin: 'https://forwarded.example' }, 200],
  ['of a program', {}, 200],
  ['of another origin', { origin: 'https://evil.example' }, 403],
  ['of a page of the same site', { 'sec-fetch-site': 'same-site', origin: ORIGIN }, 403],
  ['of another site', { 'sec-fetch-site': 'cross-site' }, 403],
])('a request with the cookie %s gets its status', async (_, given, status) => {
  const server = create();
  const headers = { ...given, cookie: await cookieHeader(server) };
  const response = await send(server, 'control/clock/now', { method: 'POST', headers });
  expect(response.status).toBe(status);
});

test('the cookie of another token is rejected', async () => {
  const headers = { cookie: await cookieHeader(create()) };
  const response = await send(create('another-token-of-sixteen'), 'health', { headers });
  expect(response.status).toBe(403);
});

test('an oversized form is rejected, with and without a declared length', async () => {
  const body = `token=${'x'.repeat(1024 * 1024)}`;
  const declared = { 'content-length': String(body.length) };
  const statuses = await Promise.all(
    [declared, {}].map(async (headers) => {
      const response = await send(create(), 'sign-in', { method: 'POST', headers, body });
      return response.status;
    }),
  );
  expect(statuses).toEqual([413, 413]);
});
