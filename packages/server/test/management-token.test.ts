import { afterEach, describe, expect, test, vi } from 'vitest';
import { clientOf, clientSecret, failureOf } from './client-double.js';
import { sesamyDouble, silence, tokenAnswer } from './sesamy-double.js';
import type { Answer } from './sesamy-double.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the token of the Management API client', () => {
  test('is requested as a form, with the documented fields', async () => {
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

  test('is sent to the API as a bearer token', async () => {
    const sesamy = sesamyDouble();
    await clientOf(sesamy).get('/publishers');
    expect(sesamy.apiRequests[0]?.url.href).toBe('https://api.sesamy.com/management/v1/publishers');
    expect(sesamy.apiRequests[0]?.headers.get('authorization')).toBe('Bearer token-1');
  });

  test('is requested once by 1,000 concurrent cold calls', async () => {
    const sesamy = sesamyDouble();
    const client = clientOf(sesamy);
    await Promise.all(Array.from({ length: 1000 }, () => client.get('/publishers')));
    expect(sesamy.tokenRequests).toHaveLength(1);
    expect(sesamy.apiRequests).toHaveLength(1000);
  });

  test('is kept until shortly before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = sesamyDouble({
      token: (_, count) => ({ body: tokenAnswer(`token-${count}`, 3600) }),
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

  test('is renewed behind a caller who still has a usable one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    let answer: ((value: Answer) => void) | undefined;
    const sesamy = sesamyDouble({
      token: (_, count) =>
        count === 1
          ? { body: tokenAnswer('token-1', 3600) }
          : new Promise((resolve) => (answer = resolve)),
    });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    vi.advanceTimersByTime(3550_000);
    await client.get('/publishers');
    expect(sesamy.apiRequests.at(-1)?.headers.get('authorization')).toBe('Bearer token-1');
    answer?.({ body: tokenAnswer('token-2', 3600) });
    await vi.waitFor(async () => expect(await client.getAccessToken()).toBe('token-2'));
    expect(sesamy.tokenRequests).toHaveLength(2);
  });

  test('is not requested again while a renewal fails behind a usable one', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const sesamy = sesamyDouble({
      token: (_, count) => (count === 1 ? { body: tokenAnswer('token-1', 3600) } : { status: 500 }),
    });
    const client = clientOf(sesamy, { maxRetries: 0 });
    await client.get('/publishers');
    vi.advanceTimersByTime(3550_000);
    await expect(client.get('/publishers')).resolves.toEqual([]);
    vi.advanceTimersByTime(60_000);
    await expect(client.get('/publishers')).rejects.toMatchObject({ code: 'server_error' });
  });

  test('is requested again after a failure, which is not remembered', async () => {
    const sesamy = sesamyDouble({
      token: (_, count) => (count === 1 ? { status: 500 } : { body: tokenAnswer('token-2') }),
    });
    const client = clientOf(sesamy, { maxRetries: 0 });
    expect(await failureOf(client.get('/publishers'))).toMatchObject({ code: 'server_error' });
    await expect(client.get('/publishers')).resolves.toEqual([]);
  });

  test('still comes for the others when one of its callers aborts', async () => {
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

  test('is not waited for by a caller who has aborted already', async () => {
    const client = clientOf(sesamyDouble({ token: silence }));
    const signal = AbortSignal.abort();
    expect(await failureOf(client.getAccessToken({ signal }))).toMatchObject({ code: 'aborted' });
  });

  test.each([
    ['absent', undefined],
    ['text', '3600'],
    ['huge', 1e15],
    ['no number', 'soon'],
  ])('is kept when its life is %s', async (_, expiresIn) => {
    const sesamy = sesamyDouble({
      token: () => ({ body: { access_token: 'token', expires_in: expiresIn } }),
    });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    await client.get('/publishers');
    expect(sesamy.tokenRequests).toHaveLength(1);
  });

  test.each([0, -5])('is used once when its life is %d seconds', async (expiresIn) => {
    const sesamy = sesamyDouble({ token: () => ({ body: tokenAnswer('token', expiresIn) }) });
    const client = clientOf(sesamy);
    await client.get('/publishers');
    await client.get('/publishers');
    expect(sesamy.tokenRequests).toHaveLength(2);
  });
});

describe('a 401 of the API', () => {
  const refusing = (refused: string): ReturnType<typeof sesamyDouble> =>
    sesamyDouble({
      api: ({ headers }) =>
        headers.get('authorization') === `Bearer ${refused}` ? { status: 401 } : { body: [] },
    });

  test('drops the token and tries once with a new one, for a POST too', async () => {
    const sesamy = refusing('token-1');
    await expect(clientOf(sesamy).post('/vendors', { id: 'acme' })).resolves.toEqual([]);
    expect(sesamy.tokenRequests).toHaveLength(2);
    expect(sesamy.apiRequests).toHaveLength(2);
  });

  test('costs one new token when it meets many calls at once', async () => {
    const sesamy = refusing('token-1');
    const client = clientOf(sesamy);
    await Promise.all(Array.from({ length: 100 }, () => client.get('/publishers')));
    expect(sesamy.tokenRequests).toHaveLength(2);
  });

  test('is given to the caller when the new token is refused too', async () => {
    const sesamy = sesamyDouble({ api: () => ({ status: 401 }) });
    expect(await failureOf(clientOf(sesamy).get('/publishers'))).toMatchObject({
      code: 'unauthorized',
      status: 401,
    });
    expect(sesamy.apiRequests).toHaveLength(2);
  });
});
