import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { UsageError } from '../src/cli/arguments.js';
import { keepState, restoreServer } from '../src/cli/state-file.js';
import { createMockServer, type MockServer, type MockServerOptions } from '../src/index.js';
import { createWorld } from './support/world.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-state-'));
  path = join(folder, 'state.json');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const before: MockServerOptions = {
  users: [{ id: 'kim', firstName: 'Kim' }],
  clients: [{ clientId: 'web', callbacks: ['http://localhost:3000/'] }],
};

/** Runs a server under options, changes it, and leaves its state in the file. */
async function leaveState(change: (server: MockServer) => void): Promise<void> {
  const server = createMockServer(before);
  const state = await keepState(path, server, () => before, fail);
  change(server);
  await state.close();
}

function fail(message: string): void {
  throw new Error(message);
}

test('tokens stay valid after a restart with the same options', async () => {
  const world = createWorld();
  const state = await keepState(path, world.server, () => ({}), fail);
  const { refresh_token } = await world.tokens();
  await state.close();
  const server = await restoreServer(path, {});
  const response = await server.fetch('https://token.sesamy.com/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'publisher-web',
      refresh_token,
    }),
  });
  expect(response.status).toBe(200);
});

test('users, clients and callbacks added to the configuration while the server was down are applied', async () => {
  await leaveState(() => undefined);
  const server = await restoreServer(path, {
    users: [{ id: 'kim', firstName: 'Kimberly' }, { id: 'noa' }],
    clients: [
      { clientId: 'web', callbacks: ['http://localhost:4000/'] },
      { clientId: 'other', callbacks: [] },
    ],
  });
  expect(server.control.users.get('kim').firstName).toBe('Kimberly');
  expect(server.control.users.get('noa').email).toBe('noa@example.com');
  expect(server.control.clients.get('web').callbacks).toEqual(['http://localhost:4000/']);
  expect(server.control.clients.list()).toHaveLength(2);
});

test('a change by the dashboard or the control plane is saved without another request', async () => {
  const server = createMockServer({ ...before, hasControlPlane: true });
  const state = await keepState(path, server, () => before, fail);
  onTestFinished(() => state.close());
  const body = JSON.stringify([{ id: 'zed' }]);
  await server.fetch('http://localhost/mock/control/users/add', { method: 'POST', body });
  await expect.poll(() => readFile(path, 'utf8')).toContain('zed@example.com');
});

test('state that the configuration does not change is restored', async () => {
  await leaveState(({ control }) => {
    control.users.update('kim', { nickname: 'K' });
    control.users.add({ id: 'max' });
    control.sessions.start({ user: 'kim' });
  });
  const { control } = await restoreServer(path, { ...before, fidelity: 'engine' });
  expect(control.users.get('kim').nickname).toBe('K');
  expect(control.users.list().map(({ id }) => id)).toEqual(['kim', 'max']);
  expect(control.sessions.list()).toHaveLength(1);
});

test('no client secret of the configuration is in the file', async () => {
  const options: MockServerOptions = {
    clients: [{ clientId: 'backend', type: 'management', clientSecret: 'not-to-be-kept' }],
  };
  const state = await keepState(path, createMockServer(options), () => options, fail);
  await state.close();
  expect(await readFile(path, 'utf8')).not.toContain('not-to-be-kept');
});

test.skipIf(process.platform === 'win32')(
  'the state file is readable by its owner only',
  async () => {
    await leaveState(() => undefined);
    const { mode } = await stat(path);
    expect(mode & 0o077).toBe(0);
  },
);

test.each(['{"savedAt":1,"snapshot":{}}', '{}', 'null', 'not json'])(
  'the state file %s is rejected with a readable message',
  async (text) => {
    await writeFile(path, text);
    await expect(restoreServer(path, {})).rejects.toThrow('Remove it to start afresh');
  },
);

test('a corrupt state file is either restored or rejected with a readable message', async () => {
  await leaveState(({ control }) => control.sessions.start({ user: 'kim' }));
  const whole: Record<string, unknown> = JSON.parse(await readFile(path, 'utf8'));
  const spoilt = fc.tuple(fc.constantFrom('savedAt', 'seeds', 'snapshot'), fc.jsonValue());
  const seeds = fc.record({ users: fc.jsonValue(), clients: fc.jsonValue() });
  const part = fc.oneof(spoilt, fc.tuple(fc.constant('seeds'), seeds));
  await fc.assert(
    fc.asyncProperty(part, async ([name, value]) => {
      await writeFile(path, JSON.stringify({ ...whole, [name]: value }));
      const restored = restoreServer(path, before).then(({ control }) => control.users.list());
      expect(await restored.catch((error: unknown) => error)).toSatisfy(
        (result) => Array.isArray(result) || result instanceof UsageError,
      );
    }),
    { numRuns: 200 },
  );
});

test('a state file that cannot be read is rejected with the reason and left unchanged', async () => {
  await symlink('state.json', path);
  await expect(restoreServer(path, before)).rejects.toThrow('cannot be read: it links to itself');
  await expect(restoreServer(folder, before)).rejects.toThrow('cannot be read: it is a folder');
});

test('a state file that cannot be written at startup is rejected with the reason', async () => {
  const server = createMockServer();
  await expect(
    keepState(join(folder, 'none', 'state.json'), server, () => ({}), fail),
  ).rejects.toThrow('cannot be written to');
});

/** Keeps the state of a server, makes the file unwritable by `spoil`, and waits for the first message. */
async function keepUnwritable(spoil: () => Promise<void>): Promise<{
  readonly messages: readonly string[];
  readonly attempts: () => number;
  readonly request: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}> {
  const messages: string[] = [];
  let attempts = 0;
  const server = createMockServer();
  const state = await keepState(
    path,
    server,
    () => {
      attempts += 1;
      return {};
    },
    (message) => messages.push(message),
  );
  const request = (): Promise<unknown> =>
    server.fetch('https://token.sesamy.com/.well-known/jwks.json');
  await spoil();
  await request();
  await expect.poll(() => messages).not.toEqual([]);
  return { messages, attempts: () => attempts, request, close: state.close };
}

test('a folder removed while running is reported once, and the state is saved when it is back', async () => {
  const { messages, attempts, request, close } = await keepUnwritable(() =>
    rm(folder, { recursive: true }),
  );
  const before = attempts();
  await expect.poll(attempts).toBeGreaterThan(before + 1);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(`${path}: its folder does not exist`);
  await mkdir(folder);
  await request();
  await expect.poll(() => messages.at(-1)).toBe(`The state is saved in ${path} again.`);
  await close();
  expect(messages).toHaveLength(2);
});

test.skipIf(!existsSync('/dev/full'))(
  'a full disk is reported once, and the state is saved when there is space again',
  async () => {
    const full = (): Promise<void> => symlink('/dev/full', `${path}.${process.pid}.tmp`);
    const { messages, close } = await keepUnwritable(full);
    expect(messages[0]).toContain(`${path}: the disk is full`);
    await expect.poll(() => messages.at(-1)).toBe(`The state is saved in ${path} again.`);
    await close();
  },
);

test('a failing last save rejects with the reason', async () => {
  const state = await keepState(path, createMockServer(), () => ({}), fail);
  await rm(folder, { recursive: true });
  await expect(state.close()).rejects.toThrow('its folder does not exist');
});

test('what a process that was killed in the middle of a save has left behind is removed at the start', async () => {
  // No process has an id as high as this.
  const left = `${path}.4194999.tmp`;
  const others = [`${path}.${process.ppid}.tmp`, join(folder, 'other.json.4194999.tmp')];
  await Promise.all([left, ...others].map((file) => writeFile(file, 'half')));
  const state = await keepState(path, createMockServer(), () => ({}), fail);
  await state.close();
  expect(existsSync(left)).toBe(false);
  expect(others.map((file) => existsSync(file))).toEqual([true, true]);
});
