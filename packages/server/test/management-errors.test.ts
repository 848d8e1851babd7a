import { inspect } from 'node:util';
import { isManagementError, ManagementError } from '@sesamy-kit/server/management';
import { assert, asyncProperty, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientOf, clientSecret, failureOf } from './client-double.js';
import { sesamyDouble, silence } from './sesamy-double.js';
import type { DoubleResponse } from './sesamy-double.js';

describe('an error of the token endpoint', () => {
  test.each<[string, DoubleResponse, string, RegExp]>([
    [
      'RFC 6749',
      { status: 401, body: { error: 'invalid_client' } },
      'invalid_client',
      /white space.*revoked.*active/,
    ],
    [
      'engine, wrong secret',
      { status: 403, body: { message: 'Invalid client credentials' } },
      'invalid_client',
      /copied whole/,
    ],
    [
      'engine, unknown client',
      { status: 403, body: { message: 'Client not found' } },
      'invalid_client',
      /environment/,
    ],
    [
      'engine, no secret',
      { status: 401, body: { message: 'client_secret is required' } },
      'invalid_client',
      /secret/,
    ],
    [
      'plain text',
      new Response('Client authentication failed', { status: 401 }),
      'invalid_client',
      /dashboard/,
    ],
    [
      'unknown audience',
      { status: 403, body: { error: 'access_denied' } },
      'forbidden',
      /audience/,
    ],
    [
      'grant not enabled',
      { status: 400, body: { error: 'unauthorized_client' } },
      'forbidden',
      /Management API/,
    ],
    [
      'Zod',
      {
        status: 400,
        body: { success: false, error: { issues: [{ path: ['audience'], message: 'Required' }] } },
      },
      'validation',
      /scope/,
    ],
    ['no such page', { status: 404 }, 'not_found', /issuer or domain/],
    [
      'HTML',
      new Response('<h1>Hi</h1>', { headers: { 'content-type': 'text/html' } }),
      'unexpected_response',
      /token host/,
    ],
    [
      'redirect',
      new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
      'unexpected_response',
      /redirect/,
    ],
    [
      'other token type',
      { body: { access_token: 'x', token_type: 'DPoP' } },
      'unexpected_response',
      /bearer/,
    ],
    ['500', { status: 500 }, 'server_error', /later/],
  ])(
    'a token endpoint error in the form of %s becomes a code and advice',
    async (_, response, code, message) => {
      const sesamy = sesamyDouble({ token: () => response });
      const error = await failureOf(clientOf(sesamy, { maxRetries: 0 }).get('/publishers'));
      expect(error).toMatchObject({
        name: 'ManagementError',
        code,
        message: expect.stringMatching(message) as string,
      });
      expect(sesamy.apiRequests).toHaveLength(0);
    },
  );
});

describe('an error of the API', () => {
  test.each([
    [400, 'validation_error', 'validation'],
    [401, 'authentication_required', 'unauthorized'],
    [403, 'insufficient_permissions', 'forbidden'],
    [403, 'rate_limit_exceeded', 'rate_limited'],
    [404, 'resource_not_found', 'not_found'],
    [409, 'conflict', 'conflict'],
    [418, 'teapot', 'unexpected_response'],
    [429, 'rate_limit_exceeded', 'rate_limited'],
    [500, 'internal_error', 'server_error'],
    [503, 'service_unavailable', 'server_error'],
  ])(
    'an API error with status %d and code %s becomes a ManagementError',
    async (status, serverCode, code) => {
      const body = { error: { code: serverCode, message: 'No.', request_id: 'req_1' } };
      const sesamy = sesamyDouble({ api: () => ({ status, body }) });
      const error = await failureOf(clientOf(sesamy, { maxRetries: 0 }).get('/publishers'));
      expect(isManagementError(error)).toBe(true);
      expect(error).toMatchObject({ code, status, serverCode, requestId: 'req_1' });
    },
  );

  test('a validation error names the rejected field, without its value', async () => {
    const details = {
      field: 'email',
      value: 'ada@example.com',
      reason: 'ada@example.com is taken',
    };
    const body = { error: { code: 'validation_error', message: 'Bad ada@example.com', details } };
    const sesamy = sesamyDouble({ api: () => ({ status: 400, body }) });
    const error = await failureOf(clientOf(sesamy).post('/users', { email: 'ada@example.com' }));
    expect(error).toMatchObject({ details: [{ field: 'email', reason: '[e-mail] is taken' }] });
    expect(inspect(error)).not.toContain('ada@');
  });
});

describe('a missing response', () => {
  test('an unreachable host rejects with network', async () => {
    const sesamy = sesamyDouble();
    const fetch = (): Promise<never> =>
      Promise.reject(
        new TypeError('fetch failed', {
          cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
        }),
      );
    const error = await failureOf(clientOf(sesamy, { fetch, maxRetries: 0 }).get('/publishers'));
    expect(error).toMatchObject({
      code: 'network',
      retryable: true,
      cause: { code: 'ECONNREFUSED' },
    });
  });

  test('a slow response rejects with timeout', async () => {
    const sesamy = sesamyDouble({ api: silence });
    const error = await failureOf(
      clientOf(sesamy, { timeoutMs: 20, maxRetries: 0 }).get('/publishers'),
    );
    expect(error).toMatchObject({
      code: 'timeout',
      message: expect.stringContaining('20 ms') as string,
    });
  });

  test('an aborted call rejects with aborted', async () => {
    const sesamy = sesamyDouble({ api: silence });
    const error = await failureOf(
      clientOf(sesamy).get('/publishers', { signal: AbortSignal.timeout(20) }),
    );
    expect(error).toMatchObject({ code: 'aborted', retryable: false });
  });
});

describe('the secret', () => {
  const echo = (status: number, token = ''): DoubleResponse => ({
    status,
    body: {
      error: `bad ${clientSecret}`,
      error_description: `client_secret=${clientSecret} ${token}`,
    },
    headers: { 'x-request-id': 'req_2' },
  });
  const leaky = (): Promise<never> =>
    Promise.reject(
      Object.assign(new Error(`could not send ${clientSecret}`), {
        request: { body: clientSecret },
      }),
    );

  test.each<[string, Parameters<typeof sesamyDouble>[0], typeof globalThis.fetch | undefined]>([
    ['the token endpoint repeats it', { token: () => echo(401) }, undefined],
    ['the token endpoint fails with it', { token: () => echo(500) }, undefined],
    ['the API repeats it', { api: () => echo(400, 'token-1') }, undefined],
    ['fetch throws it', {}, leaky],
  ])('the secret is in no error when %s', async (_, handlers, fetch) => {
    const sesamy = sesamyDouble(handlers);
    const client = clientOf(sesamy, { maxRetries: 0, ...(fetch ? { fetch } : {}) });
    const error = await failureOf(client.get('/publishers'));
    expect(error).toBeInstanceOf(ManagementError);
    for (const text of everyRendering(error)) {
      expect(text).not.toContain(clientSecret);
      expect(text).not.toContain('token-1');
    }
  });

  test('the secret is in no rendering of the client, before and after a call', async () => {
    const client = clientOf(sesamyDouble());
    await client.get('/publishers');
    for (const text of everyRendering(client)) {
      expect(text).not.toContain(clientSecret);
      expect(text).not.toContain('token-1');
    }
  });

  test('the secret is in no error for any response', async () => {
    await assert(
      asyncProperty(stringMatching(/^[!-~]{8,40}$/), async (secret) => {
        const sesamy = sesamyDouble({
          token: () => ({ status: 401, body: { message: `no: ${secret}` } }),
        });
        const error = await failureOf(
          clientOf(sesamy, { clientSecret: secret }).get('/publishers'),
        );
        for (const text of everyRendering(error)) expect(text).not.toContain(`no: ${secret}`);
      }),
      { numRuns: 50 },
    );
  });
});

function everyRendering(value: unknown): string[] {
  return [
    String(value),
    JSON.stringify(value),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    value instanceof Error ? `${value.message} ${value.stack} ${inspect(value.cause)}` : '',
  ];
}

test.each([
  ['one long word', 'a'.repeat(1_000_000)],
  ['the beginnings of tokens', 'eyJ-'.repeat(250_000)],
  ['the beginnings of addresses', 'a@'.repeat(500_000)],
])('an error of a megabyte, %s, does not block the process', async (_, body) => {
  const api = (): DoubleResponse => new Response(body, { status: 400 });
  const error = await failureOf(clientOf(sesamyDouble({ api })).get('/publishers'));
  expect(error).toMatchObject({ code: 'validation' });
});

test('a truncated secret is redacted', async () => {
  const before = `${'a'.repeat(3_985 - 12)}@example.com `;
  const body = `${before}${clientSecret} and much more`.padEnd(5_000);
  const api = (): DoubleResponse => new Response(body, { status: 400 });
  const error = await failureOf(clientOf(sesamyDouble({ api })).get('/publishers'));
  expect(String(error)).not.toContain(clientSecret.slice(0, 8));
});

test('the error for a response that is not a list has the path without the e-mail address in it', async () => {
  const client = clientOf(sesamyDouble({ api: () => ({ body: { id: 1 } }) }));
  const error = await failureOf(client.getAll('/users/ada%40example.com/bills'));
  expect(String(error)).toContain('The response at /users/[e-mail]/bills is no list.');
});
