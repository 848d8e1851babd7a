import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientOf, failureOf } from './client-double.js';
import { sesamyDouble } from './sesamy-double.js';
import type { DoubleResponse, SesamyDouble } from './sesamy-double.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Fails as configured, call by call, then succeeds. */
function failing(...responses: DoubleResponse[]): SesamyDouble {
  return sesamyDouble({ api: (_, count) => responses[count - 1] ?? { body: ['done'] } });
}

async function elapsedOf(promise: Promise<unknown>): Promise<number> {
  const startedAt = Date.now();
  const settled = promise.then(
    () => Date.now() - startedAt,
    () => Date.now() - startedAt,
  );
  await vi.runAllTimersAsync();
  return settled;
}

describe('a failed call', () => {
  test.each<[string, DoubleResponse, number]>([
    ['Retry-After in seconds', { status: 429, headers: { 'retry-after': '7' } }, 7],
    [
      'Retry-After as a date, by the server’s clock',
      {
        status: 503,
        headers: {
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          'retry-after': 'Mon, 01 Jan 2024 00:00:09 GMT',
        },
      },
      9,
    ],
    [
      'retry_after of the body',
      { status: 429, body: { error: { code: 'rate_limit_exceeded', retry_after: 11 } } },
      11,
    ],
    [
      'X-RateLimit-Reset, by the server’s clock',
      {
        status: 429,
        headers: {
          date: 'Mon, 01 Jan 2024 00:00:00 GMT',
          'x-ratelimit-reset': `${Date.UTC(2024, 0, 1) / 1000 + 13}`,
        },
      },
      13,
    ],
    [
      'Retry-After before all else',
      {
        status: 429,
        headers: { 'retry-after': '3', 'x-ratelimit-reset': '9999999999' },
        body: { error: { code: 'rate_limit_exceeded', retry_after: 30 } },
      },
      3,
    ],
  ])('a failed call waits as %s says', async (_, response, seconds) => {
    const sesamy = failing(response);
    const elapsed = await elapsedOf(clientOf(sesamy).get('/publishers'));
    expect(sesamy.apiRequests).toHaveLength(2);
    expect(elapsed).toBeGreaterThanOrEqual(seconds * 1000);
    expect(elapsed).toBeLessThan(seconds * 1000 + 500);
  });

  test('a failed call backs off 1 s, then 2 s, each minus up to half, without a hint of the server', async () => {
    const sesamy = failing({ status: 500 }, { status: 502 });
    const elapsed = await elapsedOf(clientOf(sesamy).get('/publishers'));
    expect(sesamy.apiRequests).toHaveLength(3);
    expect(elapsed).toBeGreaterThanOrEqual(1500);
    expect(elapsed).toBeLessThanOrEqual(3000);
  });

  test('a failed call ignores the reset time of an unused limit', async () => {
    const reset = `${Math.floor(Date.now() / 1000) + 50}`;
    const sesamy = failing({ status: 500, headers: { 'x-ratelimit-reset': reset } });
    expect(await elapsedOf(clientOf(sesamy).get('/publishers'))).toBeLessThanOrEqual(1000);
  });

  test('a failed call gives up after maxRetries', async () => {
    const sesamy = sesamyDouble({ api: () => ({ status: 503 }) });
    const failure = failureOf(clientOf(sesamy, { maxRetries: 4 }).get('/publishers'));
    await vi.runAllTimersAsync();
    expect(await failure).toMatchObject({ code: 'server_error', status: 503 });
    expect(sesamy.apiRequests).toHaveLength(5);
  });

  test('a failed call rejects immediately when the server requests more time than maxRetryDelayMs', async () => {
    const sesamy = failing({ status: 503, headers: { 'retry-after': '90' } });
    const failure = failureOf(clientOf(sesamy).get('/publishers'));
    await vi.advanceTimersByTimeAsync(0);
    expect(await failure).toMatchObject({ code: 'server_error', retryAfterSeconds: 90 });
    expect(sesamy.apiRequests).toHaveLength(1);
  });

  test('an aborted call stops waiting', async () => {
    const sesamy = failing({ status: 429, headers: { 'retry-after': '50' } });
    const controller = new AbortController();
    const failure = failureOf(clientOf(sesamy).get('/publishers', { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort();
    expect(await failure).toMatchObject({ code: 'aborted' });
    await vi.runAllTimersAsync();
    expect(sesamy.apiRequests).toHaveLength(1);
  });

  test.each([400, 403, 404, 409])(
    'a failed call is not retried after status %d',
    async (status) => {
      const sesamy = failing({ status });
      const failure = failureOf(clientOf(sesamy).get('/publishers'));
      await vi.runAllTimersAsync();
      expect(await failure).toMatchObject({ status });
      expect(sesamy.apiRequests).toHaveLength(1);
    },
  );

  test.each(['post', 'patch'] as const)('a failed call is not retried by %s', async (method) => {
    const sesamy = failing({ status: 503 });
    const failure = failureOf(clientOf(sesamy)[method]('/users', {}));
    await vi.runAllTimersAsync();
    expect(await failure).toMatchObject({ code: 'server_error' });
    expect(sesamy.apiRequests).toHaveLength(1);
  });

  test('a failed post is retried when the caller opts in', async () => {
    const sesamy = failing({ status: 503 });
    const response = clientOf(sesamy).post('/users', {}, { retry: true });
    await vi.runAllTimersAsync();
    await expect(response).resolves.toEqual(['done']);
    expect(sesamy.apiRequests).toHaveLength(2);
  });

  test('a failed token request is retried too', async () => {
    const sesamy = sesamyDouble({
      token: (_, count) =>
        count === 1 ? { status: 503 } : { body: { access_token: 'token', token_type: 'bearer' } },
    });
    const response = clientOf(sesamy).get('/publishers');
    await vi.runAllTimersAsync();
    await expect(response).resolves.toEqual([]);
    expect(sesamy.tokenRequests).toHaveLength(2);
  });
});

describe('a storm of calls on a used-up limit', () => {
  /** A window of a minute from the first call on, as Sesamy documents it. */
  function limited(limit: number): SesamyDouble {
    const startedAt = Date.now();
    const counts = new Map<number, number>();
    return sesamyDouble({
      api: () => {
        const window = Math.floor((Date.now() - startedAt) / 60_000);
        const count = (counts.get(window) ?? 0) + 1;
        counts.set(window, count);
        const retryAfter = Math.ceil((startedAt + (window + 1) * 60_000 - Date.now()) / 1000);
        if (count <= limit) return { body: [] };
        return {
          status: 429,
          body: { error: { code: 'rate_limit_exceeded', retry_after: retryAfter } },
        };
      },
    });
  }

  test('a burst of calls on a used-up limit costs hardly more requests than calls, and every call succeeds', async () => {
    const sesamy = limited(100);
    const client = clientOf(sesamy, { maxRetries: 10 });
    const responses = Promise.all(Array.from({ length: 500 }, () => client.get('/publishers')));
    await vi.runAllTimersAsync();
    await expect(responses).resolves.toHaveLength(500);
    expect(sesamy.apiRequests.length).toBeLessThanOrEqual(500 + 16 * 5);
  });

  test('a burst of calls rejects without a request when the wait would be too long', async () => {
    const sesamy = failing({ status: 429, headers: { 'retry-after': '30' } });
    const client = clientOf(sesamy, { maxRetryDelayMs: 5_000 });
    await failureOf(client.get('/publishers'));
    expect(await failureOf(client.get('/publishers'))).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 30,
    });
    expect(sesamy.apiRequests).toHaveLength(1);
  });
});

describe('a limit that requests more than its own window', () => {
  const now = Date.UTC(2026, 0, 1);

  test.each<[string, { headers?: Record<string, string>; body?: unknown }]>([
    ['X-RateLimit-Reset in milliseconds', { headers: { 'x-ratelimit-reset': `${now + 30_000}` } }],
    ['a huge Retry-After', { headers: { 'retry-after': '9'.repeat(12) } }],
    [
      'a Retry-After in the far future',
      { headers: { 'retry-after': 'Fri, 01 Jan 9999 00:00:00 GMT' } },
    ],
    [
      'an hour in the body',
      { body: { error: { code: 'rate_limit_exceeded', retry_after: 3600 } } },
    ],
  ])(
    'an excessive limit by %s rejects immediately and delays later calls for one window only',
    async (_, response) => {
      vi.setSystemTime(now);
      const sesamy = failing({ status: 429, ...response });
      const client = clientOf(sesamy);
      const error = await failureOf(client.get('/publishers'));
      expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 60 });
      expect(Reflect.get(error as object, 'requestedRetryAfterSeconds')).toBeGreaterThanOrEqual(
        3600,
      );
      expect(String(error)).toMatch(/requested \d+ s, which is more than its window of 60 s/);
      const later = client.get('/publishers');
      await vi.advanceTimersByTimeAsync(59_000);
      expect(sesamy.apiRequests).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(2_000);
      await expect(later).resolves.toEqual(['done']);
    },
  );

  test('an infinite limit counts as a limit without a time', async () => {
    const sesamy = failing({ status: 429, headers: { 'retry-after': '9'.repeat(400) } });
    expect(await elapsedOf(clientOf(sesamy).get('/publishers'))).toBeLessThanOrEqual(1250);
    expect(sesamy.apiRequests).toHaveLength(2);
  });
});
