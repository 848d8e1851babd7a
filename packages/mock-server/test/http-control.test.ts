import { afterEach, expect, test } from 'vitest';
import { createMockServer, type MockServer } from '../src/index.js';
import { OPERATION_PATHS } from '../src/http-control/operation-paths.js';
import { OPERATIONS } from '../src/http-control/operations.js';
import { createRemoteControl, type RemoteControl } from '../src/remote.js';

const open: MockServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(): Promise<{ server: MockServer; url: string; control: RemoteControl }> {
  const server = createMockServer({ hasControlPlane: true, onWarning: () => undefined });
  open.push(server);
  const { url } = await server.listen();
  return { server, url, control: createRemoteControl(url) };
}

test('the clock moves from another process', async () => {
  const { server, control } = await start();
  await control.clock.freeze();
  const before = await control.clock.now();
  await control.clock.advance({ days: 31 });
  expect((await control.clock.now()) - before).toBe(31 * 86_400_000);
  expect(server.control.clock.isFrozen()).toBe(true);
});

test('a fault added over HTTP hits', async () => {
  const { url, control } = await start();
  await control.faults.add({ endpoint: 'jwks', status: 503, headers: { 'retry-after': '7' } });
  const response = await fetch(`${url}.well-known/jwks.json`);
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
});

test('requests can be waited for and counted, and control is not among them', async () => {
  const { url, control } = await start();
  const next = control.requests.waitFor({ endpoint: 'jwks' });
  await expect.poll(() => control.requests.count()).toBe(0);
  await fetch(`${url}.well-known/jwks.json`);
  expect(await next).toMatchObject({ endpoint: 'jwks', status: 200 });
  expect(await control.requests.count()).toBe(1);
});

test('users, clients and sessions are managed from another process', async () => {
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

test('a snapshot goes out and comes back', async () => {
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
])('%s with %j is refused with a reason', async (path, args, reason) => {
  const { url } = await start();
  const response = await fetch(`${url}mock/control/${path}`, {
    method: 'POST',
    body: JSON.stringify(args),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(reason);
});

test('another origin is refused', async () => {
  const { url } = await start();
  const response = await fetch(`${url}mock/control/reset`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(response.status).toBe(403);
});

test('a host name that is not loopback is refused', async () => {
  const { server } = await start();
  const response = await server.fetch(
    new Request('http://evil.example/mock/control/reset', { method: 'POST' }),
  );
  expect(response.status).toBe(403);
});

test('without hasControlPlane there is nothing to control', async () => {
  const server = createMockServer();
  const response = await server.fetch(
    new Request('http://localhost/mock/control/reset', { method: 'POST' }),
  );
  expect(response.status).toBe(404);
});

test('requests are streamed as they are answered', async () => {
  const { url } = await start();
  const stream = await fetch(`${url}mock/events`);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const first = reader.read();
  await fetch(`${url}.well-known/jwks.json`);
  expect((await first).value).toContain('"endpoint":"jwks"');
  await reader.cancel();
});
