import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseArguments } from '../src/cli/arguments.js';
import { readConfigFile } from '../src/cli/config-file.js';
import { openStateFile } from '../src/cli/state-file.js';
import { loadCertificate } from '../src/certificate.js';
import { createMockServer } from '../src/index.js';
import { createWorld } from './support/world.js';

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mock-cli-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

describe('arguments', () => {
  test('default to port 4400 on localhost with the dashboard', () => {
    expect(parseArguments([])).toMatchObject({
      port: 4400,
      hostname: 'localhost',
      hasControlPlane: true,
    });
  });

  test.each([
    [['--port', 'x'], '--port must be a number'],
    [['--port', '70000'], '--port must be a number'],
    [['--fidelity', 'real'], '--fidelity must be'],
    [['--prot', '1'], "Unknown option '--prot'"],
  ])('%j is refused in a sentence', (argv, words) => {
    expect(() => parseArguments(argv)).toThrow(words);
  });
});

describe('configuration', () => {
  test('is JSON with comments', async () => {
    const path = await file(
      'c.jsonc',
      '{ // who\n "users": [{ "id": "kim", "firstName": "Kim" }], }',
    );
    expect(await readConfigFile(path)).toEqual({ users: [{ id: 'kim', firstName: 'Kim' }] });
  });

  test('is a TypeScript module', async () => {
    const path = await file(
      'c.ts',
      'const users: { id: string }[] = [{ id: "kim" }];\nexport const config = { users };',
    );
    expect(await readConfigFile(path)).toEqual({ users: [{ id: 'kim' }] });
  });

  test('names the line and the fix of every mistake', async () => {
    const path = await file(
      'c.json',
      '{\n "users": [{ "id": "kim", "emial": "x" }],\n "lifetimes": { "codeSeconds": "5" },\n "fidelity": "real"\n}',
    );
    const message = await readConfigFile(path).catch((error: Error) => error.message);
    expect(message).toBe(
      [
        `${path}:2: users.0.emial: there is no such setting. Remove it or correct its name.`,
        `${path}:3: lifetimes.codeSeconds: expected number, found "5".`,
        `${path}:4: fidelity: expected ("documented" | "engine"), found "real".`,
      ].join('\n'),
    );
  });

  test.each(['', '{ "users": [', '[]', 'null'])('%j is refused', async (text) => {
    const path = await file('c.json', text);
    await expect(readConfigFile(path)).rejects.toThrow(path);
  });

  test('a file that does not exist is told in a sentence', async () => {
    await expect(readConfigFile(join(folder, 'none.json'))).rejects.toThrow(
      'cannot be read. Does it exist?',
    );
  });

  test('applied while running, it keeps sessions and what control added', () => {
    const server = createMockServer({ users: [{ id: 'kim' }, { id: 'lee' }] });
    server.control.users.add({ id: 'max' });
    server.control.sessions.start({ user: 'lee' });
    server.reconfigure({ users: [{ id: 'lee' }, { id: 'noa' }], fidelity: 'engine' });
    expect(server.control.users.list().map(({ id }) => id)).toEqual(['max', 'lee', 'noa']);
    expect(server.control.sessions.list()).toHaveLength(1);
  });
});

test('a state file carries tokens over a restart', async () => {
  const path = join(folder, 'state.json');
  const before = createWorld();
  const state = await openStateFile(path, before.server.control);
  const { refresh_token } = await before.tokens();
  await state.close();
  const after = createWorld();
  const reopened = await openStateFile(path, after.server.control);
  expect((await after.refresh(refresh_token)).status).toBe(200);
  await reopened.close();
});

test('a state file of something else is refused', async () => {
  const path = await file('state.json', '{"savedAt":1,"snapshot":{}}');
  await expect(openStateFile(path, createWorld().server.control)).rejects.toThrow(
    'Remove it to start afresh',
  );
});

test('the certificate is made once and covers localhost', async () => {
  const first = await loadCertificate();
  const second = await loadCertificate();
  expect(first.cert).toContain('BEGIN CERTIFICATE');
  expect(second.caPath === first.caPath ? second.cert : first.cert).toBe(first.cert);
});

describe('the command', () => {
  test('prints issuer, users, clients and dashboard, reloads its configuration, and stops on SIGTERM', async () => {
    const config = await file('c.json', '{ "users": [{ "id": "kim" }] }');
    const { child, output } = run(['--port', '0', '--config', config]);
    await expect
      .poll(output, { timeout: 60_000 })
      .toMatch(
        /Issuer {5}http:\/\/localhost:\d+\/.*Dashboard.*kim <kim@example\.com>.*publisher-web/s,
      );
    await writeFile(
      config,
      '{ "users": [{ "id": "kim", "email": "new@example.com" }], "fidelity": "real" }',
    );
    await expect
      .poll(output, { timeout: 60_000 })
      .toContain('The configuration before stays in force.');
    await writeFile(config, '{ "users": [{ "id": "kim", "email": "new@example.com" }] }');
    await expect.poll(output, { timeout: 60_000 }).toContain('read again');
    child.kill('SIGTERM');
    expect(await exitCode(child)).toBe(0);
  }, 180_000);

  test('tells a port in use in a sentence', async () => {
    const server = createMockServer();
    const { port } = await server.listen();
    const { child, output } = run(['--port', String(port)]);
    expect(await exitCode(child)).toBe(1);
    await server.close();
    expect(output()).toBe(
      `Port ${port} is in use by another program. Choose another port, or 0 for any free one.\n`,
    );
  }, 180_000);

  test('knows its version', async () => {
    const { child, output } = run(['--version']);
    await exitCode(child);
    const { version } = JSON.parse(
      await readFile(new URL('../package.json', import.meta.url), 'utf8'),
    );
    expect(output()).toBe(`${version}\n`);
  }, 180_000);
});

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs the built command; `output` is what it has printed so far. */
function run(argv: string[]): { child: ChildProcess; output: () => string } {
  const bin = new URL('../bin/sesamy-mock.js', import.meta.url).pathname;
  const child = spawn(process.execPath, [bin, ...argv]);
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return { child, output: () => text };
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}
