import { inspect } from 'node:util';
import { ManagementClient } from '@sesamy-kit/server/management';
import type {
  ManagementHooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
} from '@sesamy-kit/server/management';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clientOf, clientSecret, failureOf } from './client-double.js';
import { sesamyDouble } from './sesamy-double.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Heard {
  hooks: Required<ManagementHooks>;
  requests: RequestEvent[];
  responses: ResponseEvent[];
  retries: RetryEvent[];
}

function listener(): Heard {
  const heard: Omit<Heard, 'hooks'> = { requests: [], responses: [], retries: [] };
  return {
    ...heard,
    hooks: {
      onRequest: (event) => heard.requests.push(event),
      onResponse: (event) => heard.responses.push(event),
      onRetry: (event) => heard.retries.push(event),
    },
  };
}

describe('the hooks', () => {
  test('the hooks are called around the token request and the call', async () => {
    const { hooks, requests, responses, retries } = listener();
    const sesamy = sesamyDouble({
      api: () => ({ body: [], headers: { 'x-request-id': 'req-1' } }),
    });
    await clientOf(sesamy, hooks).get('/publishers');
    expect(requests).toEqual([
      {
        target: 'token',
        method: 'POST',
        origin: 'https://token.sesamy.com',
        path: '/oauth/token',
        attempt: 1,
      },
      {
        target: 'api',
        method: 'GET',
        origin: 'https://api.sesamy.com',
        path: '/management/v1/publishers',
        attempt: 1,
      },
    ]);
    expect(responses).toEqual([
      expect.objectContaining({ target: 'token', status: 200, error: undefined }),
      expect.objectContaining({ target: 'api', status: 200, requestId: 'req-1', error: undefined }),
    ]);
    expect(retries).toEqual([]);
  });

  test('the duration in a hook excludes the wait in the queue', async () => {
    const { hooks, responses } = listener();
    const sesamy = sesamyDouble({
      api: async () => {
        await new Promise((resolve) => setTimeout(resolve, 250));
        return { body: [] };
      },
    });
    const client = clientOf(sesamy, { ...hooks, maxConcurrency: 1 });
    const calls = Promise.all([client.get('/publishers'), client.get('/publishers')]);
    await vi.runAllTimersAsync();
    await calls;
    const durations = responses
      .filter(({ target }) => target === 'api')
      .map(({ durationMs }) => durationMs);
    expect(durations).toEqual([250, 250]);
  });

  test('the hooks report which request is retried, when and why', async () => {
    const { hooks, requests, responses, retries } = listener();
    const sesamy = sesamyDouble({
      api: (_, count) =>
        count === 1 ? { status: 503, headers: { 'retry-after': '7' } } : { body: [] },
    });
    const call = clientOf(sesamy, hooks).get('/publishers');
    await vi.runAllTimersAsync();
    await call;
    expect(requests.map(({ target, attempt }) => [target, attempt])).toEqual([
      ['token', 1],
      ['api', 1],
      ['api', 2],
    ]);
    expect(responses[1]).toMatchObject({ status: 503, error: { code: 'server_error' } });
    expect(retries).toEqual([
      expect.objectContaining({
        target: 'api',
        attempt: 1,
        error: expect.objectContaining({ code: 'server_error' }) as unknown,
      }),
    ]);
    expect(retries[0]?.delayMs).toBeGreaterThanOrEqual(7000);
  });

  test('the hooks report that a rejected token is replaced', async () => {
    const { hooks, retries } = listener();
    const sesamy = sesamyDouble({
      api: (_, count) => (count === 1 ? { status: 401 } : { body: [] }),
    });
    await clientOf(sesamy, hooks).get('/publishers');
    expect(retries).toEqual([expect.objectContaining({ target: 'api', delayMs: 0 })]);
  });

  test('the hooks report a retried token request', async () => {
    const { hooks, retries } = listener();
    const sesamy = sesamyDouble({
      token: (_, count) =>
        count === 1 ? { status: 503 } : { body: { access_token: 'token', token_type: 'Bearer' } },
    });
    const call = clientOf(sesamy, hooks).get('/publishers');
    await vi.runAllTimersAsync();
    await call;
    expect(retries).toEqual([expect.objectContaining({ target: 'token', attempt: 1 })]);
  });

  test('the hooks report a request without a response', async () => {
    const { hooks, responses } = listener();
    const client = new ManagementClient({
      clientId: 'backend',
      clientSecret,
      maxRetries: 0,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
      ...hooks,
    });
    await failureOf(client.get('/publishers'));
    expect(responses).toEqual([
      expect.objectContaining({
        status: undefined,
        error: expect.objectContaining({ code: 'network' }) as unknown,
      }),
    ]);
  });

  test('the hooks never receive the secret, a token or an e-mail address', async () => {
    const { hooks, requests, responses, retries } = listener();
    const sesamy = sesamyDouble({
      token: () => ({
        body: { access_token: 'eyJhbGciOiJub25lIn0.e30.secret-token', token_type: 'Bearer' },
      }),
      api: ({ headers }, count) =>
        count === 1
          ? {
              status: 503,
              headers: { 'x-request-id': `ada@example.com ${headers.get('authorization')}` },
              body: { message: `${clientSecret} ${headers.get('authorization')} ada@example.com` },
            }
          : { body: [], headers: { 'x-request-id': headers.get('authorization') ?? '' } },
    });
    const call = clientOf(sesamy, hooks).put(
      `/users/ada%40example.com/${clientSecret}`,
      { email: 'ada@example.com' },
      { query: { search: 'ada@example.com' } },
    );
    await vi.runAllTimersAsync();
    await call;
    const shown = inspect([requests, responses, retries], { depth: 10, showHidden: true });
    expect(shown).toContain('/management/v1/users/[e-mail]/[secret]');
    expect(shown).not.toMatch(/ada@|ada%40|eyJhbGciOiJub25lIn0|s3cr3t/);
  });

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('the logger is broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the logger is broken'))],
  ])('a call succeeds when a hook %s', async (_, hook) => {
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    const sesamy = sesamyDouble({
      api: (_request, count) => (count === 1 ? { status: 503 } : { body: [] }),
    });
    const call = clientOf(sesamy, { onRequest: hook, onResponse: hook, onRetry: hook }).get(
      '/publishers',
    );
    await vi.runAllTimersAsync();
    await expect(call).resolves.toEqual([]);
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('a hook that is not a function is rejected', () => {
    const options = { clientId: 'a', clientSecret: 'b', onRetry: 'log' as unknown as () => void };
    expect(() => new ManagementClient(options)).toThrow(/onRetry must be a function/);
  });
});
