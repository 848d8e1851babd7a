import { inspect } from 'node:util';
import { isManagementError, ManagementClient } from '@sesamy-kit/server/management';
import type { ManagementClientOptions } from '@sesamy-kit/server/management';
import {
  anything,
  array,
  assert,
  asyncProperty,
  bigInt,
  constant,
  constantFrom,
  integer,
  json,
  oneof,
  record,
  string,
} from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientOf, clientSecret, failureOf } from './client-double.js';
import { sesamyDouble, tokenResponse } from './sesamy-double.js';
import type { DoubleResponse } from './sesamy-double.js';

/** Inputs that the types reject, and some that they accept. */
const oddInputs: Arbitrary<unknown> = oneof(
  anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withTypedArray: true,
  }),
  bigInt(),
  constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    -1,
    Infinity,
    Symbol('s'),
    () => 1,
    circular(),
    {
      toJSON: () => {
        throw new RangeError('toJSON');
      },
    },
    '/publishers',
    '/publishers/../../oauth/token',
    '//evil.example',
    '\uD800',
    'ada@example.com',
  ),
);

const oddOptions: Arbitrary<unknown> = oneof(
  {
    weight: 3,
    arbitrary: record(
      { query: oddInputs, timeoutMs: oddInputs, signal: oddInputs, retry: oddInputs },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: oddInputs },
);

const headers = record(
  {
    'content-type': constantFrom('application/json', 'text/html', 'application/problem+json', ''),
    'retry-after': oneof(
      constantFrom('0', '-1', 'soon', '9'.repeat(400), 'Thu, 01 Jan 1970 00:00:00 GMT'),
      integer().map(String),
    ),
    'x-ratelimit-reset': oneof(integer().map(String), constant('never')),
    date: constantFrom('Mon, 01 Jan 2024 00:00:00 GMT', 'yesterday'),
    'x-request-id': constantFrom('req-1', 'ada@example.com'),
  },
  { requiredKeys: [] },
);

const bodies = oneof(
  json(),
  string(),
  constantFrom(
    '',
    '[',
    '{"data":null}',
    '{"data":[],"pagination":{"total":1e999,"hasMore":true}}',
    '{"error":{"details":[null,{"field":{}},{"path":[{}]}],"retry_after":"x"}}',
    '{"error":["a"],"message":{"b":1}}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `[${'['.repeat(20_000)}${']'.repeat(20_000)}]`,
  ),
);

interface Wire {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const wires: Arbitrary<Wire | 'broken' | 'no response' | 'broken body'> = oneof(
  {
    weight: 6,
    arbitrary: record({
      status: constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 409, 422, 429, 500, 503, 599),
      headers,
      body: bodies,
    }),
  },
  {
    weight: 1,
    arbitrary: constantFrom('broken' as const, 'no response' as const, 'broken body' as const),
  },
);

function respond(wire: Wire | 'broken' | 'no response' | 'broken body'): Response {
  if (wire === 'broken') throw new RangeError('fetch is broken');
  if (wire === 'no response') return undefined as unknown as Response;
  if (wire === 'broken body') {
    return new Response(
      new ReadableStream({ pull: (controller) => controller.error(new RangeError('cut')) }),
    );
  }
  const isEmpty = [204, 205, 304].includes(wire.status);
  return new Response(isEmpty ? null : wire.body, { status: wire.status, headers: wire.headers });
}

function circular(): unknown {
  const value: Record<string, unknown> = {};
  value['self'] = value;
  return value;
}

type Untyped = (...inputs: unknown[]) => unknown;

/** Every method of the client and of its resources, by its path. */
function methodsOf(client: ManagementClient): Map<string, Untyped> {
  const own = ['get', 'getAll', 'pages', 'post', 'put', 'patch', 'delete', 'getAccessToken'];
  const methods = new Map<string, Untyped>();
  const add = (path: string, owner: object, name: string): void => {
    const value: unknown = Reflect.get(owner, name);
    if (typeof value === 'function') {
      methods.set(path, (...inputs) => Reflect.apply(value, owner, inputs) as unknown);
    } else if (typeof value === 'object' && value !== null) {
      for (const key of Object.keys(value)) add(`${path}.${key}`, value, key);
    }
  };
  for (const name of [...own, ...Object.keys(client)]) add(name, client, name);
  return methods;
}

const methodNames = [
  ...methodsOf(new ManagementClient({ clientId: 'a', clientSecret: 'b' })).keys(),
];

/** Runs a method to its end, for any return value. */
async function outcomeOf(
  client: ManagementClient,
  name: string,
  inputs: unknown[],
): Promise<unknown> {
  try {
    const result = methodsOf(client).get(name)?.(...inputs);
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      let pages = 0;
      for await (const _ of result as AsyncIterable<unknown>) if ((pages += 1) === 5) break;
      return undefined;
    }
    await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

function clientOfWires(
  wiresOfRequests: readonly (Wire | 'broken' | 'no response' | 'broken body')[],
): ManagementClient {
  let requests = 0;
  return new ManagementClient({
    clientId: 'backend',
    clientSecret,
    maxRetries: 0,
    maxRetryDelayMs: 0,
    fetch: async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const isToken = pathname.endsWith('/oauth/token');
      const wire = wiresOfRequests[requests];
      requests += 1;
      if (isToken && requests === 1 && wire === undefined)
        return Response.json(tokenResponse('token'));
      return wire === undefined
        ? Response.json(isToken ? tokenResponse('token') : [])
        : respond(wire);
    },
  });
}

describe('every call rejects with ManagementError only', () => {
  test('the test covers all methods of the client', () => {
    expect(methodNames).toEqual(
      expect.arrayContaining([
        'get',
        'getAccessToken',
        'users.setPassword',
        'accessLists.grants.update',
      ]),
    );
    expect(methodNames.length).toBeGreaterThan(50);
  });

  test('every call rejects with ManagementError only, for any method, input and response', async () => {
    await assert(
      asyncProperty(
        constantFrom(...methodNames),
        oneof(
          array(oddInputs, { maxLength: 4 }),
          record({ path: constant('/publishers'), body: oddInputs, options: oddOptions }).map(
            ({ path, body, options }) => [path, body, options],
          ),
          record({ options: oddOptions }).map(({ options }) => ['/publishers', options]),
        ),
        array(wires, { maxLength: 3 }),
        async (name, inputs, responses) => {
          const outcome = await outcomeOf(clientOfWires(responses), name, inputs);
          if (outcome === undefined) return;
          if (!isManagementError(outcome)) throw new Error(inspect(outcome));
          expect(inspect(outcome, { depth: 5 })).not.toContain(clientSecret);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each<[string, (client: ManagementClient) => Promise<unknown>, RegExp]>([
    ['a BigInt in the body', (client) => client.post('/users', { id: 1n }), /body/],
    ['a body that contains itself', (client) => client.post('/users', circular()), /body/],
    ['a body that is a function', (client) => client.post('/users', () => 1), /body/],
    ['a negative time-out', (client) => client.get('/users', { timeoutMs: -1 }), /timeoutMs/],
    [
      'a time-out beyond what timers can measure',
      (client) => client.get('/users', { timeoutMs: 2 ** 31 }),
      /timeoutMs/,
    ],
    [
      'a signal that is none',
      (client) => client.get('/users', { signal: {} as AbortSignal }),
      /signal/,
    ],
    ['a path that is no text', (client) => client.get(7 as unknown as string), /path/],
  ])('%s is invalid_configuration, and nothing is sent', async (_, call, message) => {
    const sesamy = sesamyDouble();
    const error = await failureOf(call(clientOf(sesamy)));
    expect(error).toMatchObject({ code: 'invalid_configuration' });
    expect(String(error)).toMatch(message);
    expect(sesamy.tokenRequests.length + sesamy.apiRequests.length).toBe(0);
  });
});

test.each<[string, object | null]>([
  ['null for options', null],
  ['a client id that is no text', { clientId: 5 }],
  ['an audience that is no text', { audience: {} }],
  ['a blank audience', { audience: ' ' }],
  ['a scope that is no text', { scope: ['read:users'] }],
  ['a fetch that is no function', { fetch: 'fetch' }],
  ['a cache without its methods', { cache: 'redis://localhost' }],
])('a client with %s is invalid_configuration', (_, options) => {
  const given: unknown = options && { clientId: 'id', clientSecret, ...options };
  expect(() => new ManagementClient(given as ManagementClientOptions)).toThrow(
    expect.objectContaining({ code: 'invalid_configuration' }) as Error,
  );
});

test('an unpaged list of 200,000 items is returned whole', async () => {
  const items = Array.from({ length: 200_000 }, (_, index) => index);
  const api = (): DoubleResponse => ({ body: { items, total: items.length } });
  await expect(clientOf(sesamyDouble({ api })).getAll('/users')).resolves.toHaveLength(200_000);
});
