import KeyvRedis, { createClient } from '@keyv/redis';
import type { TokenCache } from '@sesamy-kit/server/management';
import { Keyv } from 'keyv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf, failureOf } from './client-double.js';
import { hasRedis, startRedis } from './redis.js';
import type { RedisServer } from './redis.js';
import { sesamyDouble, tokenResponse } from './sesamy-double.js';

/** Makes caches that all see the same store, as processes of one application do. */
type Store = () => TokenCache;

function memoryStore(): Store {
  const entries = new Map();
  return () => new Keyv({ store: entries });
}

let redis: RedisServer | undefined;
let database = 0;
const connections: Keyv[] = [];

beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.disconnect()));
  await redis?.stop();
});

function redisStore(): Store {
  const namespace = `test-${database++}`;
  return () => {
    const client = createClient({ socket: { path: redis?.socketPath ?? '', tls: false } });
    const cache = new Keyv(new KeyvRedis(client), { namespace });
    connections.push(cache);
    return cache;
  };
}

const stores: [string, boolean, () => Store][] = [
  ['Keyv in memory', true, memoryStore],
  [
    `Keyv on Redis${hasRedis ? '' : ' (skipped: no redis-server on this machine)'}`,
    hasRedis,
    redisStore,
  ],
];

for (const [name, isThere, makeStore] of stores) {
  describe.skipIf(!isThere)(`processes that share ${name}`, () => {
    test('20 processes that start together fetch one token', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble();
      const clients = Array.from({ length: 20 }, () => clientOf(sesamy, { cache: store() }));
      await Promise.all(
        clients.flatMap((client) => [client.get('/publishers'), client.get('/users')]),
      );
      expect(sesamy.tokenRequests).toHaveLength(1);
      expect(sesamy.apiRequests).toHaveLength(40);
    });

    test('a process uses the token that another one cached', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble();
      await clientOf(sesamy, { cache: store() }).get('/publishers');
      await clientOf(sesamy, { cache: store() }).get('/publishers');
      expect(sesamy.tokenRequests).toHaveLength(1);
    });

    test('processes replace a rejected token by one new one', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble({
        api: ({ headers }) =>
          headers.get('authorization') === 'Bearer token-1' ? { status: 401 } : { body: [] },
      });
      const clients = Array.from({ length: 10 }, () => clientOf(sesamy, { cache: store() }));
      await Promise.all(clients.map((client) => client.get('/publishers')));
      expect(sesamy.tokenRequests).toHaveLength(2);
    });

    test('processes do not reuse a rejected token while a new one is unavailable', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble({
        token: (_, count) =>
          count === 2 ? { status: 401 } : { body: tokenResponse(`token-${count}`) },
        api: ({ headers }) =>
          headers.get('authorization') === 'Bearer token-1' ? { status: 401 } : { body: [] },
      });
      const client = clientOf(sesamy, { cache: store() });
      expect(await failureOf(client.get('/publishers'))).toMatchObject({ code: 'invalid_client' });
      await expect(client.get('/publishers')).resolves.toEqual([]);
      const sent = sesamy.apiRequests.map(({ headers }) => headers.get('authorization'));
      expect(sent).toEqual(['Bearer token-1', 'Bearer token-3']);
    });

    test('applications, audiences and issuers do not share a token', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble();
      for (const options of [
        {},
        { clientId: 'other' },
        { audience: 'urn:sesamy' },
        { issuer: 'https://token.sesamy.dev/' },
        { scope: 'domains:read' },
      ]) {
        await clientOf(sesamy, { cache: store(), ...options }).get('/publishers');
      }
      expect(sesamy.tokenRequests).toHaveLength(5);
    });

    test('processes do not cache a failure', async () => {
      const store = makeStore();
      const sesamy = sesamyDouble({
        token: (_, count) =>
          count === 1
            ? { status: 401, body: { error: 'invalid_client' } }
            : { body: tokenResponse('t') },
      });
      const first = await failureOf(clientOf(sesamy, { cache: store() }).get('/publishers'));
      expect(first).toMatchObject({ code: 'invalid_client' });
      await expect(clientOf(sesamy, { cache: store() }).get('/publishers')).resolves.toEqual([]);
    });
  });
}

describe('a failing shared cache', () => {
  const never = (): Promise<unknown> => new Promise(() => undefined);
  const fails = (): Promise<unknown> => Promise.reject(new Error('connection lost'));

  test.each<[string, TokenCache]>([
    ['fails', { get: fails, set: fails, delete: fails }],
    [
      'holds nonsense',
      { get: async () => ({ accessToken: 7 }), set: async () => true, delete: async () => true },
    ],
  ])(
    'a shared cache that %s is ignored',
    async (_, cache) => {
      const sesamy = sesamyDouble();
      await expect(clientOf(sesamy, { cache }).get('/publishers')).resolves.toEqual([]);
      expect(sesamy.tokenRequests).toHaveLength(1);
    },
    30_000,
  );

  test('a shared cache that cannot delete does not restore a rejected token', async () => {
    const entries = new Keyv();
    const cache = {
      get: (key: string) => entries.get(key),
      set: (key: string, value: unknown) => entries.set(key, value),
      delete: fails,
    };
    const sesamy = sesamyDouble({
      api: ({ headers }) =>
        headers.get('authorization') === 'Bearer token-1' ? { status: 401 } : { body: [] },
    });
    await expect(clientOf(sesamy, { cache }).get('/publishers')).resolves.toEqual([]);
  });

  test('a shared cache that hangs is waited for once, then ignored', async () => {
    let calls = 0;
    const hang = (): Promise<unknown> => {
      calls += 1;
      return never();
    };
    const sesamy = sesamyDouble();
    const cache = { get: hang, set: hang, delete: hang };
    await expect(clientOf(sesamy, { cache }).get('/publishers')).resolves.toEqual([]);
    expect(calls).toBe(1);
  });

  test('Keyv fits the cache option’s type and stores no secret', async () => {
    const entries = new Map<string, unknown>();
    const sesamy = sesamyDouble();
    await clientOf(sesamy, { cache: new Keyv({ store: entries }) }).get('/publishers');
    expect(JSON.stringify([...entries])).toContain('token-1');
    expect(JSON.stringify([...entries])).not.toContain('s3cr3t');
  });
});
