import { get } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test, vi } from 'vitest';
import { createMockServer, type MockServer, type MockServerOptions } from '../src/index.js';
import { OPERATION_PATHS } from '../src/http-control/operation-paths.js';
import { OPERATIONS } from '../src/http-control/operations.js';
import { createRemoteControl, type RemoteControl } from '../src/remote.js';

const open: MockServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(
  options: MockServerOptions = {},
): Promise<{ server: MockServer; url: string; control: RemoteControl }> {
  const server = createMockServer({
    hasControlPlane: true,
    onWarning: () => undefined,
    ...options,
  });
  open.push(server);
  const { url } = await server.listen();
  return { server, url, control: createRemoteControl(url) };
}

test('the clock can be advanced from another process', async () => {
  const { server, control } = await start();
  await control.clock.freeze();
  const before = await control.clock.now();
  await control.clock.advance({ days: 31 });
  expect((await control.clock.now()) - before).toBe(31 * 86_400_000);
  expect(server.control.clock.isFrozen()).toBe(true);
});

test.each<[operation: string, run: (control: RemoteControl, misspelt: object) => Promise<unknown>]>(
  [
    ['users.add', ({ users }, misspelt) => users.add({ id: 'eve', ...misspelt })],
    ['users.update', ({ users }, misspelt) => users.update('ada', misspelt)],
  ],
)('%s over HTTP suggests the field of a user that was meant', async (_operation, run) => {
  const { control } = await start();
  await expect(run(control, { emial: 'a@b.cd' })).rejects.toThrow(
    '"emial" is not an option of the mock. Did you mean "email"?',
  );
});

test('a fault added over HTTP hits', async () => {
  const { url, control } = await start();
  await control.faults.add({ endpoint: 'jwks', status: 503, headers: { 'retry-after': '7' } });
  const response = await fetch(`${url}.well-known/jwks.json`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
});

test('requests can be waited for and counted, without those of the control plane', async () => {
  const { url, control } = await start();
  const next = control.requests.waitFor({ endpoint: 'jwks' });
  await expect.poll(() => control.requests.count()).toBe(0);
  await fetch(`${url}.well-known/jwks.json`);
  expect(await next).toMatchObject({ endpoint: 'jwks', status: 200 });
  expect(await control.requests.count()).toBe(1);
});

test('users, clients and sessions can be managed from another process', async () => {
  const { control } = await start();
  await control.users.add({ id: 'joan', firstName: 'Joan' });
  await control.clients.add({ clientId: 'other', callbacks: ['https://other.example/'] });
  const { cookie } = await control.sessions.start({ user: 'joan' });
  expect(await control.users.get('joan')).toMatchObject({ email: 'joan@example.com' });
  expect(await control.clients.rotateSecret('other')).toMatch(/^[\w-]{43}$/);
  expect([cookie.name, await control.sessions.end({ user: 'joan' })]).toEqual([
    'publisher-auth-token',
    1,
  ]);
});

test('a snapshot can be taken and restored over HTTP', async () => {
  const { control } = await start();
  const snapshot = await control.snapshot();
  await control.users.disable('ada');
  await control.restore(snapshot);
  expect((await control.users.get('ada')).isBlocked).toBe(false);
});

test('every operation is in the remote control, and every path has an operation', async () => {
  const { control } = await start();
  const flat = Object.entries(control).flatMap(([group, part]) =>
    typeof part === 'function'
      ? [group]
      : Object.keys(Object(part)).map((name) => `${group}/${name}`),
  );
  expect(flat.toSorted()).toEqual([...OPERATION_PATHS].toSorted());
  expect(Object.keys(OPERATIONS).toSorted()).toEqual([...OPERATION_PATHS].toSorted());
});

test.each([
  ['faults/add', [{ endpoint: 'tokens' }], 'endpoint'],
  ['faults/add', [{ statuss: 500 }], 'statuss'],
  ['clock/set', ['tomorrow'], 'Bad arguments'],
  ['clock/advance', [{ weeks: 1 }], 'weeks'],
  ['users/get', ['nobody'], 'There is no user'],
  ['restore', [{ version: 2 }], 'not a snapshot'],
  ['users/fly', [], 'no control operation'],
])('%s with %j is rejected with a reason', async (path, args, reason) => {
  const { url } = await start();
  const response = await fetch(`${url}mock/control/${path}`, {
    method: 'POST',
    body: JSON.stringify(args),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(reason);
});

test('a request from another origin is rejected', async () => {
  const { url } = await start();
  const response = await fetch(`${url}mock/control/reset`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
});

const APP = 'http://localhost:5173';
const registered = { clients: [{ clientId: 'publisher-web', callbacks: [`${APP}/`] }] };

test('a page of a registered app on this machine may use the control plane, with a preflight', async () => {
  const { url } = await start(registered);
  const headers = { origin: APP, 'access-control-request-method': 'POST' };
  const preflight = await fetch(`${url}mock/control/clock/now`, { method: 'OPTIONS', headers });
  const response = await fetch(`${url}mock/control/clock/now`, {
    method: 'POST',
    headers: { origin: APP, 'sec-fetch-site': 'cross-site' },
  });
  for (const answered of [preflight, response]) {
    expect(answered.headers.get('access-control-allow-origin')).toBe(APP);
    expect(answered.headers.get('access-control-allow-credentials')).toBeNull();
  }
  expect([preflight.status, response.status]).toEqual([204, 200]);
});

test.each([
  ['with a port that no client has', registered, 'http://localhost:5174'],
  [
    'that is registered but not on this machine',
    { clients: [{ clientId: 'a', callbacks: ['https://app.publisher.test/'] }] },
    'https://app.publisher.test',
  ],
  ['that is opaque', registered, 'null'],
  ['that only begins like a registered one', registered, 'http://localhost:5173.evil.example'],
])('a page of an origin %s is rejected without a CORS header', async (_which, options, origin) => {
  const { url } = await start(options);
  for (const method of ['OPTIONS', 'POST']) {
    const response = await fetch(`${url}mock/control/reset`, { method, headers: { origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('a host name that is not loopback is rejected', async () => {
  const { server } = await start();
  const response = await server.fetch(
    new Request('http://evil.example/mock/control/reset', { method: 'POST' }),
  );
  expect(response.status).toBe(403);
});

const RESET = { method: 'POST' };

test.each([
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Prefix',
  'X-Forwarded-Anything',
  'X-Real-IP',
  'Forwarded',
  'Via',
])(
  'a request with %s is rejected, as the client behind the proxy may be anywhere',
  async (name) => {
    const { url } = await start();
    const headers = { [name]: '' };
    const responses = await Promise.all(
      ['mock/control/reset', 'mock/health', 'mock/'].map((path) =>
        fetch(url + path, { method: path.endsWith('reset') ? 'POST' : 'GET', headers }),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403]);
  },
);

const TOKEN = 'token-of-sixteen-or-more';

test('the control token gives access from another host name and through a proxy', async () => {
  const { server } = await start({ controlToken: TOKEN });
  const headers = { authorization: `Bearer ${TOKEN}`, 'x-forwarded-for': '203.0.113.9' };
  const response = await server.fetch('http://mock:4400/mock/control/reset', { ...RESET, headers });
  expect(response.status).toBe(200);
});

test.each([
  ['another token', `Bearer ${TOKEN}x`],
  ['an empty one', 'Bearer '],
  ['the token by another scheme', `Basic ${TOKEN}`],
  ['none', ''],
])('%s from another host name is rejected', async (_, authorization) => {
  const { server } = await start({ controlToken: TOKEN });
  const headers = { authorization };
  const response = await server.fetch('http://mock:4400/mock/control/reset', { ...RESET, headers });
  expect(response.status).toBe(403);
});

const [ownAddress] = Object.values(networkInterfaces())
  .flat()
  .flatMap((each) => (each?.family === 'IPv4' && !each.internal ? [each.address] : []));

test.skipIf(ownAddress === undefined)(
  'an address of the network requires the control token, as between containers',
  async () => {
    const server = createMockServer({ hasControlPlane: true, controlToken: TOKEN });
    open.push(server);
    const { port } = await server.listen({ hostname: '0.0.0.0' });
    const url = `http://${ownAddress}:${port}/`;
    await expect(createRemoteControl(url).clock.now()).rejects.toThrow('unless the control token');
    const { clock } = createRemoteControl(url, { token: TOKEN });
    await clock.freeze();
    expect(await clock.isFrozen()).toBe(true);
    // A host name that points at this machine does not bypass the check of the address.
    const headers = { host: `localhost:${port}` };
    expect(await statusOf(`${url}mock/health`, headers)).toBe(403);
  },
);

/** Unlike `fetch`, it sends the `Host` that it is given. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}

test('without a control token every token is rejected', async () => {
  const { server } = await start();
  const headers = { authorization: 'Bearer null' };
  const response = await server.fetch('http://mock:4400/mock/control/reset', { ...RESET, headers });
  expect(response.status).toBe(403);
});

test('the remote control sends its token', async () => {
  const { url } = await start({ controlToken: TOKEN });
  const sent: (string | null)[] = [];
  vi.stubGlobal('fetch', async (input: URL, init?: RequestInit) => {
    sent.push(new Headers(init?.headers).get('authorization'));
    return Response.json({ result: input.pathname });
  });
  await createRemoteControl(url, { token: TOKEN }).clock.now();
  await createRemoteControl(url).clock.now();
  expect(sent).toEqual([`Bearer ${TOKEN}`, null]);
});

test('without a mock the remote control reports the address and suggests starting one', async () => {
  const { server, url } = await start();
  await server.close();
  const { origin } = new URL(url);
  await expect(createRemoteControl(url).clock.now()).rejects.toThrow(
    `No mock of Sesamy responds at ${origin} (ECONNREFUSED). Is it running?`,
  );
});

test('the remote control reports a server that is not a mock', async () => {
  const server = createMockServer();
  open.push(server);
  const { url } = await server.listen();
  await expect(createRemoteControl(url).clock.now()).rejects.toThrow(
    'responded 404, but not as the control plane of a mock of Sesamy',
  );
});

test('without hasControlPlane the control plane does not exist', async () => {
  const server = createMockServer();
  const response = await server.fetch(
    new Request('http://localhost/mock/control/reset', { method: 'POST' }),
  );
  expect(response.status).toBe(404);
});

test('requests are streamed as they get their responses', async () => {
  const { url } = await start();
  const stream = await fetch(`${url}mock/events`);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const first = reader.read();
  await fetch(`${url}.well-known/jwks.json`);
  expect((await first).value).toContain('"endpoint":"jwks"');
  await reader.cancel();
});
