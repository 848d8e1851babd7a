import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  authenticate,
  createAccessTokenVerifier,
  refusalResponse,
} from '@sesamy-kit/server/verify';
import type { AccessTokenRequirements, AccessTokenVerifier } from '@sesamy-kit/server/verify';
import { accessTokenOf, requireAccessToken as express } from '@sesamy-kit/server/verify/express';
import { requireAccessToken as hono } from '@sesamy-kit/server/verify/hono';
import type { AccessTokenEnv } from '@sesamy-kit/server/verify/hono';
import expressApp from 'express';
import { Hono } from 'hono';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { issuer, tokenIssuer } from './token-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

type Call = (path: string, authorization?: string) => Promise<Response>;

const editors: AccessTokenRequirements = { scopes: ['articles:write'] };
const recent: AccessTokenRequirements = { maxAgeSeconds: 300, acrValues: ['mfa'] };

let sesamy: TokenIssuer;
let verifier: AccessTokenVerifier;
const servers: Server[] = [];

beforeAll(async () => {
  sesamy = await tokenIssuer();
  verifier = createAccessTokenVerifier({ allowAnyPublisher: true, issuer, fetch: sesamy.fetch });
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(listener: RequestListener): Promise<Call> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (path, authorization) =>
    fetch(
      `http://127.0.0.1:${port}${path}`,
      authorization === undefined ? {} : { headers: { authorization } },
    );
}

function requestOf(path: string, authorization?: string): Request {
  return new Request(
    `https://backend.test${path}`,
    authorization === undefined ? {} : { headers: { authorization } },
  );
}

async function honoBackend(): Promise<Call> {
  const app = new Hono<AccessTokenEnv>();
  app.get('/me', hono(verifier), (c) => c.json({ subject: c.get('accessToken').subject }));
  app.get('/articles', hono(verifier, editors), (c) => c.json({}));
  app.get('/account', hono(verifier, recent), (c) => c.json({}));
  return async (path, authorization) => app.fetch(requestOf(path, authorization));
}

async function expressBackend(): Promise<Call> {
  const app = expressApp();
  app.get('/me', express(verifier), (request, response) => {
    response.json({ subject: accessTokenOf(request).subject });
  });
  app.get('/articles', express(verifier, editors), (_, response) => void response.json({}));
  app.get('/account', express(verifier, recent), (_, response) => void response.json({}));
  return listen(app);
}

async function nodeBackend(): Promise<Call> {
  const guards: Record<string, ReturnType<typeof express>> = {
    '/me': express(verifier),
    '/articles': express(verifier, editors),
    '/account': express(verifier, recent),
  };
  return listen((request, response) => {
    void guards[request.url ?? '']?.(request, response, () => {
      response.end(JSON.stringify({ subject: accessTokenOf(request).subject }));
    });
  });
}

async function fetchBackend(): Promise<Call> {
  const requirements: Record<string, AccessTokenRequirements> = {
    '/articles': editors,
    '/account': recent,
  };
  return async (path, authorization) => {
    try {
      const token = await authenticate(
        requestOf(path, authorization),
        verifier,
        requirements[path],
      );
      return Response.json({ subject: token.subject });
    } catch (error) {
      return refusalResponse(error);
    }
  };
}

describe.each([
  ['Hono', honoBackend],
  ['Express', expressBackend],
  ['node:http', nodeBackend],
  ['a plain fetch handler', fetchBackend],
])('the middleware for %s', (_, start) => {
  test('the %s middleware accepts a valid token and passes it on', async () => {
    const call = await start();
    const response = await call('/me', `Bearer ${await sesamy.issue()}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ subject: 'email|ada' });
  });

  test.each<[string, string, string | undefined, number, RegExp]>([
    ['no token', '/me', undefined, 401, /^Bearer$/],
    ['another scheme', '/me', 'Basic YTpi', 401, /^Bearer$/],
    ['no token behind the scheme', '/me', 'Bearer', 400, /error="invalid_request"/],
    ['two tokens', '/me', 'Bearer a.b.c, Bearer d.e.f', 400, /error="invalid_request"/],
    ['a token that is none', '/me', 'Bearer nonsense', 401, /error="invalid_token"/],
  ])(
    'the middleware responds to %s as in RFC 6750',
    async (_, path, authorization, status, challenge) => {
      const call = await start();
      const response = await call(path, authorization);
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toMatch(challenge);
      expect(response.headers.get('cache-control')).toBe('no-store');
    },
  );

  test('the middleware names the missing scope', async () => {
    const call = await start();
    const response = await call('/articles', `bearer ${await sesamy.issue()}`);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope".*scope="articles:write"/,
    );
    expect(await response.json()).toMatchObject({ error: 'insufficient_scope' });
  });

  test('the middleware requires a fresh and stronger login as in RFC 9470', async () => {
    const call = await start();
    const longAgo = { auth_time: 1, acr: 'pwd' };
    const response = await call('/account', `Bearer ${await sesamy.issue(longAgo)}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /error="insufficient_user_authentication".*max_age="300", acr_values="mfa"/,
    );
  });
});

test('the middleware responds with 503, not 401, if the keys are unavailable', async () => {
  const broken = createAccessTokenVerifier({
    allowAnyPublisher: true,
    issuer,
    fetch: () => Promise.reject(new TypeError('fetch failed')),
  });
  const app = new Hono().get('/me', hono(broken), (c) => c.json({}));
  const response = await app.fetch(requestOf('/me', `Bearer ${await sesamy.issue()}`));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(response.headers.get('www-authenticate')).toBeNull();
});

test('a requirement cannot break out of the challenge', async () => {
  const app = new Hono().get('/me', hono(verifier, { scopes: ['a",error="none\\'] }), (c) =>
    c.json({}),
  );
  const response = await app.fetch(requestOf('/me', `Bearer ${await sesamy.issue()}`));
  expect(response.headers.get('www-authenticate')).toContain('scope="a,error=none"');
});

test('a handler without the middleware before it gets a clear error', () => {
  expect(() => accessTokenOf({ headers: {} })).toThrow(/has not passed requireAccessToken/);
});
