import { createMockServer } from '@sesamy-kit/mock-server';
import { EdgeVM } from '@edge-runtime/vm';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userToken } from './mock.js';

/** Sends a request to a recipe. */
type Call = (path: string, headers?: Record<string, string>) => Promise<Response>;

const mock = createMockServer({
  vendorId: 'your-publisher-id',
  clients: [{ clientId: 'publisher-web', callbacks: ['https://app.example.com/'] }],
});

const realFetch = globalThis.fetch;

/** Recipes use Sesamy's issuer only, which the mock replaces. */
const fetchAtMock: typeof globalThis.fetch = (input, init) => {
  const request = new Request(input, init);
  return request.url.startsWith('https://token.sesamy.com/')
    ? mock.fetch(request)
    : realFetch(request);
};

const servers: Server[] = [];

beforeEach(() => {
  vi.stubGlobal('fetch', fetchAtMock);
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  vi.doUnmock('express');
  vi.resetModules();
});

async function listen(listener: RequestListener): Promise<Call> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (path, headers = {}) => realFetch(`http://127.0.0.1:${port}${path}`, { headers });
}

const inProcess =
  (fetch: (request: Request) => Response | Promise<Response>): Call =>
  async (path, headers = {}) =>
    fetch(new Request(`https://backend.test${path}`, { headers }));

async function hono(): Promise<Call> {
  const { app } = await import('./recipes/hono.js');
  return inProcess(app.fetch);
}

async function express5(): Promise<Call> {
  const { app } = await import('./recipes/express.js');
  return listen(app);
}

async function express4(): Promise<Call> {
  vi.doMock('express', async () => import('express4'));
  const { app } = await import('./recipes/express.js');
  return listen(app);
}

async function fastify(): Promise<Call> {
  const { fastify: app } = await import('./recipes/fastify.js');
  await app.ready();
  return listen(app.routing);
}

async function next(): Promise<Call> {
  const { GET } = await import('./recipes/next.js');
  return inProcess(GET);
}

async function graphqlYoga(): Promise<Call> {
  const { handle } = await import('./recipes/graphql-yoga.js');
  const call = inProcess(handle);
  return async (_, headers = {}) => {
    const response = await call('/graphql?query={me}', { accept: 'application/json', ...headers });
    const { data } = (await response.json()) as { data?: { me: string } };
    return Response.json({ subject: data?.me }, response);
  };
}

/** The bundle runs without Node's globals. */
async function workers(): Promise<Call> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: {
      conditions: [
        '@sesamy-kit/source',
        ...defaultServerConditions.filter((condition) => condition !== 'node'),
      ],
    },
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('recipes/workers.ts', import.meta.url)),
        formats: ['iife'],
        name: 'worker',
      },
    },
  });
  const chunk = [built].flat().flatMap((each) => ('output' in each ? each.output : []))[0];
  if (chunk?.type !== 'chunk') throw new Error('Nothing was built.');
  const vm = new EdgeVM({
    extend: (context) => Object.assign(context, { fetch: fetchAtMock }),
    initialCode: chunk.code,
  });
  return (path, headers = {}) =>
    vm.evaluate<Promise<Response>>(
      `worker.fetch(new Request(${JSON.stringify(`https://backend.test${path}`)}, ${JSON.stringify({ headers })}))`,
    );
}

const withRoutes: [string, () => Promise<Call>][] = [
  ['Hono', hono],
  ['Express 5', express5],
  ['Express 4', express4],
  ['Fastify', fastify],
];

const withOneRoute: [string, () => Promise<Call>][] = [
  ['a Next.js route handler', next],
  ['Cloudflare Workers (edge-runtime)', workers],
  ['GraphQL Yoga', graphqlYoga],
];

describe.each([...withRoutes, ...withOneRoute])('the recipe for %s', (_, start) => {
  test('the recipe for %s accepts a user and reads the typed claims', async () => {
    const call = await start();
    const authorization = `Bearer ${await userToken(mock)}`;
    const response = await call('/api/me', { authorization });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ subject: 'email|ada' });
  });

  test.each([
    ['no token', {}, /^Bearer$/],
    ['a made-up token', { authorization: 'Bearer a.b.c' }, /error="invalid_token"/],
  ])('the recipe rejects %s as in RFC 6750', async (_name, headers, challenge) => {
    const call = await start();
    const response = await call('/api/me', headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(challenge);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

test.each(withRoutes)(
  'the recipe for %s rejects a user without the permission of a route',
  async (_, start) => {
    const call = await start();
    const authorization = `Bearer ${await userToken(mock)}`;
    const response = await call('/api/admin', { authorization });
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toMatch(/error="insufficient_scope"/);
  },
);

describe('the page on access tokens', () => {
  const page = readFileSync(
    new URL('../../../apps/docs/access-tokens.md', import.meta.url),
    'utf8',
  );
  const directory = new URL('recipes/', import.meta.url);

  const others = ['pino.ts', 'opentelemetry.ts'];
  const shown = readdirSync(directory).filter((file) => !others.includes(file));

  test.each(shown)('the page on access tokens shows the tested recipe %s', (file) => {
    expect(page).toContain(readFileSync(new URL(file, directory), 'utf8'));
  });
});
