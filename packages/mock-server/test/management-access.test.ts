import { assert, asyncProperty, constantFrom, string, webPath } from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { createManagementWorld, userToken } from './support/management.js';

describe('the Management API accepts', () => {
  test.each([
    '/management/v1/publishers',
    '/management/publishers',
    '/management/vendors',
    '/api/v2/publishers',
  ])('the Management API accepts an application at %s', async (path) => {
    const { read } = await createManagementWorld();
    const { status, body } = await read(path);
    expect(status).toBe(200);
    expect(body).toContainEqual(
      expect.objectContaining({ id: 'publisher', name: 'The Daily Sample' }),
    );
  });

  test('the Management API accepts a revoked application until its token expires', async () => {
    const { server, request } = await createManagementWorld();
    server.control.clients.disable('backend');
    expect((await request('/management/v1/publishers')).status).toBe(200);
    server.control.clock.advance({ days: 2 });
    expect((await request('/management/v1/publishers')).status).toBe(401);
  });
});

describe('the Management API rejects', () => {
  test.each<[string, string | undefined]>([
    ['no token', ''],
    ['another scheme', 'Basic YTpi'],
    ['a token that is none', 'Bearer nonsense'],
    [
      'an unsigned token',
      `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"backend","aud":"https://api.sesamy.com"}')}.`,
    ],
  ])('the Management API rejects %s with 401', async (_, authorization) => {
    const { request } = await createManagementWorld();
    const response = await request('/management/v1/publishers', {
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

  test("the Management API rejects a user's token with 403", async () => {
    const { server, request } = await createManagementWorld();
    const authorization = `Bearer ${await userToken(server, 'ada')}`;
    const response = await request('/management/v1/users', { headers: { authorization } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ error: { code: 'insufficient_permissions' } });
  });

  test('the Management API rejects a resource that needs a scope the token lacks', async () => {
    const { request, token } = await createManagementWorld();
    const authorization = `Bearer ${await token({ client_id: 'bare' })}`;
    expect((await request('/management/v1/paywalls', { headers: { authorization } })).status).toBe(
      403,
    );
    expect((await request('/management/v1/paywalls')).status).toBe(200);
  });

  test('the Management API rejects a resource outside the plan', async () => {
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

  test('the Management API rejects a path that does not exist with 404', async () => {
    const { read } = await createManagementWorld();
    expect(await read('/management/v1/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'resource_not_found' } },
    });
  });
});

describe('the rate limit', () => {
  test('the rate limit allows a burst of 200 calls, then 100 per minute, by the server’s clock', async () => {
    const { server, request } = await createManagementWorld();
    server.control.clock.freeze();
    const countAllowed = async (calls: number): Promise<number> => {
      const responses = await Promise.all(
        Array.from({ length: calls }, () => request('/management/v1/publishers')),
      );
      return responses.filter(({ status }) => status === 200).length;
    };
    expect(await countAllowed(210)).toBe(200);
    server.control.clock.advance({ seconds: 60 });
    expect(await countAllowed(110)).toBe(100);
    server.control.clock.advance({ minutes: 10 });
    expect(await countAllowed(210)).toBe(200);
  });

  test('every response states the rate limit', async () => {
    const { server, request, token } = await createManagementWorld();
    server.control.clock.set(Date.UTC(2030, 0, 1));
    server.control.clock.freeze();
    const authorization = `Bearer ${await token()}`;
    const response = await request('/management/v1/publishers', { headers: { authorization } });
    expect(response.headers.get('x-ratelimit-limit')).toBe('100');
    expect(response.headers.get('x-ratelimit-remaining')).toBe('199');
    expect(response.headers.get('x-ratelimit-reset')).toBe(
      String(Date.UTC(2030, 0, 1) / 1000 + 60),
    );
  });

  test('a call beyond the rate limit gets 429 and Retry-After', async () => {
    const { server, request } = await createManagementWorld();
    server.control.clock.freeze();
    server.control.management.exhaustRateLimit('backend');
    server.control.clock.advance({ seconds: 20 });
    const response = await request('/management/v1/publishers');
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('40');
    expect(response.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(await response.json()).toMatchObject({
      error: { code: 'rate_limit_exceeded', retry_after: 40 },
    });
  });

  test('the rate limit is counted per application', async () => {
    const { server, request, token } = await createManagementWorld();
    server.control.management.exhaustRateLimit('backend');
    const authorization = `Bearer ${await token({ client_id: 'bare' })}`;
    expect(
      (await request('/management/v1/publishers', { headers: { authorization } })).status,
    ).toBe(200);
  });
});

test('a user’s permissions are a claim of the access token, and not in the profile', async () => {
  const { server, request } = await createManagementWorld();
  const authorization = `Bearer ${await userToken(server, 'ada')}`;
  expect(decodeJwt(authorization.slice(7))['permissions']).toEqual(['publishers:read']);
  expect(decodeJwt(await userToken(server, 'grace'))).not.toHaveProperty('permissions');
  const profile = await request('/client/v1/profile', { headers: { authorization } });
  expect(await profile.json()).not.toHaveProperty('permissions');
});

test('no request makes the Management API respond with 500', async () => {
  const { server, request } = await createManagementWorld();
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
      const response = await request(`/management/v1/${resource}${rest}`, init);
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
}, 180_000);
