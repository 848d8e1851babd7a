import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';
import { readJson } from './support/world.js';

const CALLBACKS = [
  'https://app.publisher.test/sesamy/auth/publisher-web/callback',
  'https://api.sesamy.com/auth/publisher-web/callback',
  'http://localhost:5173/sesamy/auth/publisher-web/callback',
];

function createServer(): MockServer {
  return createMockServer({ clients: [{ clientId: 'publisher-web', callbacks: CALLBACKS }] });
}

function login(server: MockServer, headers: HeadersInit = {}): Promise<Response> {
  const url = 'https://api.sesamy.com/auth/publisher-web/login';
  return server.fetch(new Request(url, { headers, redirect: 'manual' }));
}

const forwarded = (host: string, proto = 'https', prefix = '/sesamy'): Record<string, string> => ({
  'x-forwarded-host': host,
  'x-forwarded-proto': proto,
  'x-forwarded-prefix': prefix,
});

function redirectUriOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? '').searchParams.get('redirect_uri');
}

test.each([
  ['the site behind the proxy', forwarded('app.publisher.test'), CALLBACKS[0]],
  ['a default port', forwarded('app.publisher.test:443'), CALLBACKS[0]],
  [
    'a prefix with a slash at its end',
    forwarded('app.publisher.test', 'https', '/sesamy/'),
    CALLBACKS[0],
  ],
  ['a development server', forwarded('localhost:5173', 'http'), CALLBACKS[2]],
  ['the host itself, without a proxy', {}, CALLBACKS[1]],
])('the issuer redirects back to %s', async (_, headers, callback) => {
  expect(redirectUriOf(await login(createServer(), headers))).toBe(callback);
});

test('only the first of several forwarded hosts counts', async () => {
  const list = forwarded('app.publisher.test, evil.test');
  expect(redirectUriOf(await login(createServer(), list))).toBe(CALLBACKS[0]);
});

test.each([
  ['a foreign host', forwarded('evil.test')],
  ['a foreign host before the real one', forwarded('evil.test, app.publisher.test')],
  ['another port', forwarded('app.publisher.test:8443')],
  ['another scheme', forwarded('app.publisher.test', 'http')],
  ['another prefix', forwarded('app.publisher.test', 'https', '/other')],
])('%s is not registered, and the error names what to register', async (_, headers) => {
  const response = await login(createServer(), headers);
  expect([response.status, response.headers.getSetCookie()]).toEqual([403, []]);
  expect(await readJson(response)).toMatchObject({
    error: 'unauthorized_client',
    error_description: expect.stringContaining('/auth/publisher-web/callback to the client'),
  });
});

test.each([
  forwarded('evil.test/x'),
  forwarded('app.publisher.test@evil.test'),
  forwarded('app.publisher.test?x'),
  forwarded('app.publisher.test#x'),
  forwarded('app.publisher.test\\evil.test'),
  forwarded('app.publisher.test:'),
  forwarded('app.publisher.test:99999'),
  forwarded('app.publisher.test:44 3'),
  forwarded('"app.publisher.test"'),
  forwarded(''),
  forwarded(', app.publisher.test'),
  forwarded('[::1'),
  forwarded('app.publisher.test', 'javascript'),
  forwarded('app.publisher.test', ''),
  forwarded('app.publisher.test', 'https', 'sesamy'),
  forwarded('app.publisher.test', 'https', '//evil.test'),
  forwarded('app.publisher.test', 'https', '/..'),
  forwarded('app.publisher.test', 'https', '/a/../b'),
  forwarded('app.publisher.test', 'https', '/a?b'),
  forwarded('app.publisher.test', 'https', '/a\\b'),
  forwarded('app.publisher.test', 'https', '/%2e%2e'),
])('the forwarded header %j is rejected', async (headers) => {
  const response = await login(createServer(), headers);
  expect([response.status, response.headers.get('location')]).toEqual([400, null]);
});

test('for any forwarded header the issuer redirects to a registered callback or not at all', async () => {
  const server = createServer();
  const part = fc.constantFrom(
    ...['app.publisher.test', 'evil.test', '@', ':', ':443', '/', '\\', '?', '#', ',', ' ', '.'],
    ...['[', '%', 'https', 'http', '/sesamy', '//', '..', '%2f', '"', "'", '<', '\u00e9'],
  );
  const text = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, text, text, async (host, proto, prefix) => {
      const headers = forwarded(host, proto, prefix);
      const response = await login(server, headers);
      if (response.status === 302) expect(CALLBACKS).toContain(redirectUriOf(response));
      else expect([400, 403]).toContain(response.status);
    }),
    { numRuns: 500 },
  );
});

test.each(['', '?returnTo=/a?b%23c', '?returnTo=https://evil.test//evil.test'])(
  'a logout of a site without an application redirects to a path, not to the forwarded host (%s)',
  async (query) => {
    const headers = { ...forwarded('evil.test'), 'sec-fetch-site': 'same-origin' };
    const url = `https://api.sesamy.com/auth/logout${query}`;
    const response = await createServer().fetch(new Request(url, { headers, redirect: 'manual' }));
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toMatch(/^\/(?!\/)/);
  },
);
