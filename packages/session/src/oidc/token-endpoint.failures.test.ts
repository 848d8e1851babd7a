import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isAuthError, type AuthError } from '../errors.js';
import { requestTokens } from './token-endpoint.js';

const json = { 'content-type': 'application/json' };
const platformFetch = fetch;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function failureOf(work: Promise<unknown>): Promise<AuthError> {
  const error: unknown = await work.then(
    () => new Error('It went well.'),
    (caught: unknown) => caught,
  );
  if (isAuthError(error)) return error;
  throw error;
}

const factsOf = ({
  code,
  retryable,
  oauthError,
  oauthErrorDescription,
  retryAfterSeconds,
}: AuthError) => ({ code, retryable, oauthError, oauthErrorDescription, retryAfterSeconds });

function serve(body: unknown, init?: ResponseInit): Promise<AuthError> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  vi.stubGlobal('fetch', async () => new Response(text, { headers: json, ...init }));
  return failureOf(requestTokens('https://token.sesamy.test/', {}));
}

describe('a refusal', () => {
  test.each<[string, number, unknown, string | undefined, string | undefined]>([
    ['as specified by RFC 6749', 400, { error: 'invalid_grant' }, 'invalid_grant', undefined],
    [
      'with a description',
      403,
      { error: 'invalid_grant', error_description: 'Refresh token has been revoked' },
      'invalid_grant',
      'Refresh token has been revoked',
    ],
    ['of the client', 401, { error: 'invalid_client' }, 'invalid_client', undefined],
    ['as a message', 403, { message: 'Code expired' }, undefined, 'Code expired'],
    [
      'as a nested error',
      403,
      { error: { code: 'forbidden', message: 'No such client', request_id: 'r1' } },
      undefined,
      'No such client',
    ],
    ['with all fields', 400, { error: 'e', error_description: 'Why', message: 'm' }, 'e', 'Why'],
    [
      'with an empty description',
      400,
      { error: 'e', error_description: '', message: 'Why' },
      'e',
      'Why',
    ],
    ['of a validator', 400, { success: false, error: { name: 'ZodError' } }, undefined, undefined],
    ['in free text', 400, { error: 'No user a@b.test' }, undefined, undefined],
    ['with a number', 400, { error: 7 }, undefined, undefined],
    ['in an empty object', 404, {}, undefined, undefined],
  ])(
    'a refusal %s is authorization_failed',
    async (_how, status, body, oauthError, description) => {
      const error = await serve(body, { status });
      expect(factsOf(error)).toEqual({
        code: 'authorization_failed',
        retryable: false,
        oauthError,
        oauthErrorDescription: description,
      });
      expect(error.message).toContain(String(status));
      if (description !== undefined) expect(error.message).not.toContain(description);
    },
  );

  test.each([400, 403, 404])(
    'a plain-text refusal with status %d is a network error',
    async (status) => {
      expect(factsOf(await serve('Client not found', { status }))).toEqual({
        code: 'network',
        retryable: true,
      });
    },
  );
});

describe('a failing server', () => {
  test.each([429, 500, 502, 503, 504, 599])(
    'a token response with status %d is a network error',
    async (status) => {
      for (const body of ['', '<html>', { error: 'invalid_grant' }, { message: 'down' }]) {
        expect(factsOf(await serve(body, { status }))).toEqual({
          code: 'network',
          retryable: true,
        });
      }
    },
  );

  test('a server error that looks like a grant is a network error', async () => {
    const grant = { access_token: 'at', token_type: 'Bearer' };
    for (const status of [429, 500, 503]) {
      expect(await serve(grant, { status })).toMatchObject({ code: 'network' });
    }
  });

  test.each([
    ['120', 120],
    ['0', 0],
    ['1.5', 1.5],
    ['-5', 0],
    ['Fri, 15 Jan 2027 08:01:00 GMT', 60],
    ['Fri, 15 Jan 2027 07:00:00 GMT', 0],
    ['later', undefined],
    ['Infinity', undefined],
  ])('a Retry-After header of %s is %j retryAfterSeconds', async (value, seconds) => {
    vi.setSystemTime(Date.parse('2027-01-15T08:00:00Z'));
    for (const status of [429, 503]) {
      const error = await serve('', { status, headers: { 'retry-after': value } });
      expect(error.retryAfterSeconds).toBe(seconds);
    }
  });

  test.each([
    [{ retry_after: 60 }, 60],
    [{ retry_after: '60' }, 60],
    [{ error: { code: 'rate_limit_exceeded', message: 'Slow down', retry_after: 30 } }, 30],
    [{ error: 'rate_limit_exceeded', retry_after: 15 }, 15],
    [{ retry_after: -1 }, 0],
    [{ retry_after: null }, undefined],
    [{ retry_after: 'soon' }, undefined],
    [{ retry_after: {} }, undefined],
    [{ retry_after: { toString: 1, valueOf: 1 } }, undefined],
    [{ retry_after: [] }, undefined],
    [{ retry_after: true }, undefined],
    [{}, undefined],
    ['', undefined],
  ])('a Retry-After body of %j is %j retryAfterSeconds', async (body, seconds) => {
    expect((await serve(body, { status: 429 })).retryAfterSeconds).toBe(seconds);
  });

  test('the Retry-After header takes precedence over the body', async () => {
    const init = { status: 429, headers: { 'retry-after': '5' } };
    expect((await serve({ retry_after: 60 }, init)).retryAfterSeconds).toBe(5);
  });
});

describe('an unreachable server', () => {
  /** A clock for `AbortSignal.timeout`, which fake timers do not reach. */
  let limits: { ms: number; expire: () => void }[];

  beforeEach(() => {
    limits = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController();
      const reason: unknown = AbortSignal.abort().reason;
      const Exception = (reason as DOMException).constructor as typeof DOMException;
      limits.push({ ms, expire: () => controller.abort(new Exception('late', 'TimeoutError')) });
      return controller.signal;
    });
  });

  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  test('a refused connection is a network error', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const error = await failureOf(requestTokens('https://token.sesamy.test/', { code: 's3cret' }));
    expect(error).toMatchObject({ code: 'network', retryable: true });
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.message).not.toContain('s3cret');
  });

  test('a connection closed by the server is a network error', async () => {
    const issuer = await listen((request) => request.socket.destroy());
    expect(await failureOf(requestTokens(issuer, {}))).toMatchObject({ code: 'network' });
  });

  test('a connection closed during the response is a network error', async () => {
    const issuer = await listen((_request, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' });
      response.write('{"access_token":', () => response.destroy());
    });
    expect(await failureOf(requestTokens(issuer, {}))).toMatchObject({ code: 'network' });
  });

  test('a redirect of the token endpoint is a network error and is not followed', async () => {
    let heard = 0;
    const issuer = await listen((request, response) => {
      if (request.url !== '/oauth/token') heard++;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await failureOf(requestTokens(issuer, {}))).toMatchObject({ code: 'network' });
    expect(heard).toBe(0);
  });

  test('a token endpoint that does not respond is a timeout after 10 s', async () => {
    const issuer = await listen(() => limits[0]?.expire());
    const error = await failureOf(requestTokens(issuer, {}));
    expect(error).toMatchObject({ code: 'timeout', retryable: true });
    expect(error.message).toContain('in time');
    expect(limits.map(({ ms }) => ms)).toEqual([10_000]);
  });

  test('a token response that never ends is a timeout', async () => {
    const issuer = await listen((_request, response) => {
      response.writeHead(200, json).write('{"access_token":');
    });
    vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
      const response = await platformFetch(url, init);
      limits[0]?.expire();
      return response;
    });
    expect(await failureOf(requestTokens(issuer, {}))).toMatchObject({ code: 'timeout' });
  });
});
