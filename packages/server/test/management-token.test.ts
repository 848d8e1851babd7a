import { afterEach, describe, expect, test, vi } from 'vitest';
import { clientOf, clientSecret, failureOf } from './client-double.js';
import { sesamyDouble, silence, tokenResponse } from './sesamy-double.js';
import type { DoubleResponse } from './sesamy-double.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the token of the Management API client', () => {
  test('the token is requested as a form, with the documented fields', async () => {
    const sesamy = sesamyDouble();
    await clientOf(sesamy).get('/publishers');
    const [request] = sesamy.tokenRequests;
    expect(request?.url.href).toBe('https://token.sesamy.com/oauth/token');
    expect(request?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'backend',
      client_secret: clientSecret,
      audience: 'https://api.sesamy.com',
    });
  });

  test('the token is sent to the API as a bearer token', async () => {
    const sesamy = sesamyDouble();
    await clientOf(sesamy).get('/publishers');
    expect(sesamy.apiRequests[0]?.url.href).toBe('https://api.sesamy.com/management/v1/publishers');
    expect(sesamy.apiRequests[0]?.headers.get('authorization')).toBe('Bearer token-1');
  });

  test('the token is requested once by 1,000 concurrent cold calls', async () => {
    const sesamy = sesamyDouble();
    const client = clientOf(sesamy);
    await Promise.all(Array.from({ length: 1000 }, () => client.get('/publishers')));
    expect(sesamy.tokenRequests).toHaveLength(1);
    expect(sesamy.apiRequests).toHaveLength(1000);
  });

  test('the token is cached until shortly before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = sesamyDouble({
      token: (_, count) => ({ body: tokenResponse(`token-${count}`, 3600) }),
    });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    vi.advanceTimersByTime(3300_000);
    await client.get('/publishers');
    expect(sesamy.tokenRequests).toHaveLength(1);
    vi.advanceTimersByTime(296_000);
    await client.get('/publishers');
    expect(sesamy.tokenRequests).toHaveLength(2);
    expect(sesamy.apiRequests.at(-1)?.headers.get('authorization')).toBe('Bearer token-2');
  });

  test('the token is renewed in the background while it is usable', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let response: ((value: DoubleResponse) => void) | undefined;
    const sesamy = sesamyDouble({
      token: (_, count) =>
        count === 1
          ? { body: tokenResponse('token-1', 3600) }
          : new Promise((resolve) => (response = resolve)),
    });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    vi.advanceTimersByTime(3550_000);
    await client.get('/publishers');
    expect(sesamy.apiRequests.at(-1)?.headers.get('authorization')).toBe('Bearer token-1');
    response?.({ body: tokenResponse('token-2', 3600) });
    await vi.waitFor(async () => expect(await client.getAccessToken()).toBe('token-2'));
    expect(sesamy.tokenRequests).toHaveLength(2);
  });

  test('the token is not requested again while a background renewal fails', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = sesamyDouble({
      token: (_, count) =>
        count === 1 ? { body: tokenResponse('token-1', 3600) } : { status: 500 },
    });
    const client = clientOf(sesamy, { maxRetries: 0 });
    await client.get('/publishers');
    vi.advanceTimersByTime(3550_000);
    await expect(client.get('/publishers')).resolves.toEqual([]);
    vi.advanceTimersByTime(60_000);
    await expect(client.get('/publishers')).rejects.toMatchObject({ code: 'server_error' });
  });

  test('the token is requested again after a failure, which is not cached', async () => {
    const sesamy = sesamyDouble({
      token: (_, count) => (count === 1 ? { status: 500 } : { body: tokenResponse('token-2') }),
    });
    const client = clientOf(sesamy, { maxRetries: 0 });
    expect(await failureOf(client.get('/publishers'))).toMatchObject({ code: 'server_error' });
    await expect(client.get('/publishers')).resolves.toEqual([]);
  });

  test('an aborted caller does not abort the token request of the others', async () => {
    const sesamy = sesamyDouble();
    const client = clientOf(sesamy);
    const controller = new AbortController();
    const impatient = failureOf(client.get('/publishers', { signal: controller.signal }));
    const patient = client.get('/publishers');
    controller.abort();
    expect(await impatient).toMatchObject({ code: 'aborted' });
    await expect(patient).resolves.toEqual([]);
    expect(sesamy.tokenRequests).toHaveLength(1);
  });

  test('an already aborted caller does not wait for the token', async () => {
    const client = clientOf(sesamyDouble({ token: silence }));
    const signal = AbortSignal.abort();
    expect(await failureOf(client.getAccessToken({ signal }))).toMatchObject({ code: 'aborted' });
  });

  test.each([
    ['absent', undefined],
    ['text', '3600'],
    ['huge', 1e15],
    ['no number', 'soon'],
  ])('the token is cached when its lifetime is %s', async (_, expiresIn) => {
    const sesamy = sesamyDouble({
      token: () => ({ body: { access_token: 'token', expires_in: expiresIn } }),
    });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    await client.get('/publishers');
    expect(sesamy.tokenRequests).toHaveLength(1);
  });

  test.each([0, -5])(
    'the token is used once when its lifetime is %d seconds',
    async (expiresIn) => {
      const sesamy = sesamyDouble({ token: () => ({ body: tokenResponse('token', expiresIn) }) });
      const client = clientOf(sesamy);
      await client.get('/publishers');
      await client.get('/publishers');
      expect(sesamy.tokenRequests).toHaveLength(2);
    },
  );
});

describe('a 401 of the API', () => {
  const refusing = (refused: string): ReturnType<typeof sesamyDouble> =>
    sesamyDouble({
      api: ({ headers }) =>
        headers.get('authorization') === `Bearer ${refused}` ? { status: 401 } : { body: [] },
    });

  test('a 401 drops the token and retries once with a new one, for a POST too', async () => {
    const sesamy = refusing('token-1');
    await expect(clientOf(sesamy).post('/vendors', { id: 'acme' })).resolves.toEqual([]);
    expect(sesamy.tokenRequests).toHaveLength(2);
    expect(sesamy.apiRequests).toHaveLength(2);
  });

  test('concurrent 401s cost one new token', async () => {
    const sesamy = refusing('token-1');
    const client = clientOf(sesamy);
    await Promise.all(Array.from({ length: 100 }, () => client.get('/publishers')));
    expect(sesamy.tokenRequests).toHaveLength(2);
  });

  test('a 401 for the new token too rejects the call', async () => {
    const sesamy = sesamyDouble({ api: () => ({ status: 401 }) });
    expect(await failureOf(clientOf(sesamy).get('/publishers'))).toMatchObject({
      code: 'unauthorized',
      status: 401,
    });
    expect(sesamy.apiRequests).toHaveLength(2);
  });
});
