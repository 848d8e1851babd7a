import { assert, asyncProperty, constantFrom, string, webPath } from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { createManagementWorld, readerToken } from './support/management.js';

describe('the Management API lets in', () => {
  test.each([
    '/management/v1/publishers',
    '/management/publishers',
    '/management/vendors',
    '/api/v2/publishers',
  ])('an application at %s', async (path) => {
    const { read } = await createManagementWorld();
    const { status, body } = await read(path);
    expect(status).toBe(200);
    expect(body).toContainEqual(
      expect.objectContaining({ id: 'publisher', name: 'The Daily Sample' }),
    );
  });

  test('an application whose credentials were revoked, until its token expires', async () => {
    const { server, ask } = await createManagementWorld();
    server.control.clients.disable('backend');
    expect((await ask('/management/v1/publishers')).status).toBe(200);
    server.control.clock.advance({ days: 2 });
    expect((await ask('/management/v1/publishers')).status).toBe(401);
  });
});

describe('the Management API refuses', () => {
  test.each<[string, string | undefined]>([
    ['no token', ''],
    ['another scheme', 'Basic YTpi'],
    ['a token that is none', 'Bearer nonsense'],
    [
      'an unsigned token',
      `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"backend","aud":"https://api.sesamy.com"}')}.`,
    ],
  ])('%s with 401', async (_, authorization) => {
    const { ask } = await createManagementWorld();
    const response = await ask('/management/v1/publishers', {
      headers: { authorization: authorization ?? '' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('invalid_token');
    expect(await response.json()).toMatchObject({
      error: {
        code: 'authentication_required',
        request_id: expect.stringMatching(/^req_/) as string,
      },
    });
  });

  test('the token of a reader with 403', async () => {
    const { server, ask } = await createManagementWorld();
    const authorization = `Bearer ${await readerToken(server, 'ada')}`;
    const response = await ask('/management/v1/users', { headers: { authorization } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'insufficient_permissions' } });
  });

  test('a resource that needs a scope the token lacks', async () => {
    const { ask, token } = await createManagementWorld();
    const authorization = `Bearer ${await token({ client_id: 'bare' })}`;
    expect((await ask('/management/v1/paywalls', { headers: { authorization } })).status).toBe(403);
    expect((await ask('/management/v1/paywalls')).status).toBe(200);
  });

  test('a resource outside the plan', async () => {
    const { server, read } = await createManagementWorld();
    server.control.management.excludeFromPlan('access-lists');
    expect(await read('/management/v1/access-lists')).toMatchObject({
      status: 403,
      body: {
        error: {
          code: 'insufficient_permissions',
          message: 'Your plan does not include access-lists.',
        },
      },
    });
    expect((await read('/management/v1/publishers')).status).toBe(200);
  });

  test('a path that does not exist with 404', async () => {
    const { read } = await createManagementWorld();
    expect(await read('/management/v1/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_not_found' } },
    });
  });
});

describe('the rate limit', () => {
  test('lets 200 calls through at first, then 100 per minute, by the server’s clock', async () => {
    const { server, ask } = await createManagementWorld();
    server.control.clock.freeze();
    const countAllowed = async (calls: number): Promise<number> => {
      const answers = await Promise.all(
        Array.from({ length: calls }, () => ask('/management/v1/publishers')),
      );
      return answers.filter(({ status }) => status === 200).length;
    };
    expect(await countAllowed(210)).toBe(200);
    server.control.clock.advance({ seconds: 60 });
    expect(await countAllowed(110)).toBe(100);
    server.control.clock.advance({ minutes: 10 });
    expect(await countAllowed(210)).toBe(200);
  });

  test('is told on every answer', async () => {
    const { server, ask, token } = await createManagementWorld();
    server.control.clock.set(Date.UTC(2030, 0, 1));
    server.control.clock.freeze();
    const authorization = `Bearer ${await token()}`;
    const response = await ask('/management/v1/publishers', { headers: { authorization } });
    expect(response.headers.get('x-ratelimit-limit')).toBe('100');
    expect(response.headers.get('x-ratelimit-remaining')).toBe('199');
    expect(response.headers.get('x-ratelimit-reset')).toBe(
      String(Date.UTC(2030, 0, 1) / 1000 + 60),
    );
  });

  test('answers a call too many with 429 and how long to wait', async () => {
    const { server, ask } = await createManagementWorld();
    server.control.clock.freeze();
    server.control.management.exhaustRateLimit('backend');
    server.control.clock.advance({ seconds: 20 });
    const response = await ask('/management/v1/publishers');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('40');
    expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(await response.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', retry_after: 40 },
    });
  });

  test('is one application’s own', async () => {
    const { server, ask, token } = await createManagementWorld();
    server.control.management.exhaustRateLimit('backend');
    const authorization = `Bearer ${await token({ client_id: 'bare' })}`;
    expect((await ask('/management/v1/publishers', { headers: { authorization } })).status).toBe(
      200,
    );
  });
});

test('a reader’s permissions are a claim of the access token, and not in the profile', async () => {
  const { server, ask } = await createManagementWorld();
  const authorization = `Bearer ${await readerToken(server, 'ada')}`;
  expect(decodeJwt(authorization.slice(7))['permissions']).toEqual(['publishers:read']);
  expect(decodeJwt(await readerToken(server, 'grace'))).not.toHaveProperty('permissions');
  const profile = await ask('/client/v1/profile', { headers: { authorization } });
  expect(await profile.json()).not.toHaveProperty('permissions');
});

test('nothing that is sent makes it fail with 500', async () => {
  const { server, ask } = await createManagementWorld();
  const methods = constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE');
  const resources = constantFrom(
    'users',
    'vendors',
    'products',
    'bills',
    'access-lists',
    'access-lists/src_partners/grants',
    'domains',
    'customers',
    '',
  );
  await assert(
    asyncProperty(methods, resources, webPath(), string(), async (method, resource, rest, body) => {
      server.control.clock.advance({ minutes: 1 });
      const init = method === 'GET' ? { method } : { method, body };
      const response = await ask(`/management/v1/${resource}${rest}`, init);
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
}, 180_000);
