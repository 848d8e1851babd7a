import { expect, test } from 'vitest';
import { createMockServer } from '../src/index.js';
import { CALLBACK, CHALLENGE, readJson, VERIFIER } from './support/world.js';

const ISSUER = 'http://localhost:5173/my%20site/sesamy/';

function createServer(): ReturnType<typeof createMockServer> {
  return createMockServer({
    issuer: ISSUER,
    hasControlPlane: true,
    clients: [{ clientId: 'publisher-web', callbacks: [CALLBACK] }],
  });
}

function authorizeUrl(): URL {
  const url = new URL('authorize', ISSUER);
  url.search = new URLSearchParams({
    client_id: 'publisher-web',
    redirect_uri: CALLBACK,
    response_type: 'code',
    scope: 'openid',
    state: 's',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  }).toString();
  return url;
}

test('an issuer with a path has its endpoints below that path', async () => {
  const server = createServer();
  const url = new URL('.well-known/openid-configuration', ISSUER);
  expect(await readJson(await server.fetch(url))).toMatchObject({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}authorize`,
    token_endpoint: `${ISSUER}oauth/token`,
  });
});

test('an issuer with a path also responds to requests whose path a proxy has taken away', async () => {
  const url = 'http://localhost:5173/.well-known/openid-configuration';
  expect(await readJson(await createServer().fetch(url))).toMatchObject({ issuer: ISSUER });
});

test('a login page below a path leads to a code, which is exchanged below that path', async () => {
  const server = createServer();
  const page = await server.fetch(authorizeUrl(), { redirect: 'manual' });
  expect(page.headers.get('location')).toMatch(`${ISSUER}u/login/identifier?state=`);
  const callback = await server.control.signIn({ authorizationUrl: authorizeUrl(), user: 'ada' });
  const response = await server.fetch(new URL('oauth/token', ISSUER), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'publisher-web',
      code: new URL(callback).searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    }),
  });
  expect(await readJson(response)).toMatchObject({ token_type: 'Bearer' });
});

test('a fault hits its endpoint below the path of the issuer, and the log has the path below it', async () => {
  const server = createServer();
  server.control.faults.add({ endpoint: 'jwks', status: 503 });
  const response = await server.fetch(new URL('.well-known/jwks.json', ISSUER));
  expect(response.status).toBe(503);
  expect(server.control.requests.list()).toMatchObject([
    { endpoint: 'jwks', path: '/.well-known/jwks.json' },
  ]);
});

test('the dashboard below a path links to itself only', async () => {
  const page = await (await createServer().fetch(new URL('mock/', ISSUER))).text();
  const links = [...page.matchAll(/ (?:href|src|action)="([^"#]+)/g)].map(([, url]) => url);
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((url) => !url?.startsWith('/my%20site/sesamy/mock/'))).toEqual([]);
});

test('an action of the dashboard below a path leads back there', async () => {
  const response = await createServer().fetch(new URL('mock/actions/freeze', ISSUER), {
    method: 'POST',
    redirect: 'manual',
  });
  expect(response.headers.get('location')).toBe('/my%20site/sesamy/mock/#clock');
});
