import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseArguments, UsageError } from '../src/cli/arguments.js';
import { readConfigFile } from '../src/cli/config-file.js';
import { createMockServer } from '../src/index.js';

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
  test('the defaults are port 4400 on localhost with the dashboard', () => {
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
    [['--port', ''], '--port must be a number'],
    [['--callback', 'notaurl'], '--callback must be an absolute URL such as'],
    [['--callback', 'localhost:3000/cb'], '--callback must be an absolute URL such as'],
    [['--callback', 'app.example:8080'], '--callback must be an absolute URL such as'],
    [['--public-url', 'mock:4400'], '--public-url must be an http(s) URL such as'],
    [['--public-url', 'http://mock/?a=1'], '--public-url must be an http(s) URL such as'],
    [['--certificate-host', 'https://x.example/'], '--certificate-host must be a host name'],
    [['--control-token', 'short'], 'must have at least 16 characters'],
  ])('the arguments %j are rejected with a readable message', (argv, words) => {
    expect(() => parseArguments(argv)).toThrow(words);
  });
});

test('any command line is either parsed or rejected with a readable message', () => {
  const flags = ['port', 'host', 'issuer', 'public-url', 'callback', 'fidelity', 'control-token'];
  const flag = fc
    .constantFrom(...flags, 'certificate-host', 'https', 'no-control')
    .map((name) => `--${name}`);
  const word = fc.oneof(flag, fc.string({ unit: 'binary' }), fc.webUrl(), fc.integer().map(String));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      try {
        const { port, callbacks, publicUrls } = parseArguments(argv);
        expect(port).toBeLessThanOrEqual(65_535);
        expect(
          [...callbacks, ...publicUrls].filter((url) => !URL.canParse(url.replace('*.', ''))),
        ).toEqual([]);
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 300 },
  );
});

test('the control token can be set in the environment', () => {
  const env = { SESAMY_MOCK_CONTROL_TOKEN: 'token-of-the-compose-file' };
  expect(parseArguments([], env).controlToken).toBe('token-of-the-compose-file');
  expect(parseArguments(['--control-token', 'token-of-the-flag'], env).controlToken).toBe(
    'token-of-the-flag',
  );
});

test('a public URL without a trailing slash gets one', () => {
  expect(parseArguments(['--public-url', 'http://mock:4400']).publicUrls).toEqual([
    'http://mock:4400/',
  ]);
});

describe('configuration', () => {
  test('a configuration may be JSON with comments', async () => {
    const path = await file(
      'c.jsonc',
      '{ // who\n "users": [{ "id": "kim", "firstName": "Kim" }], }',
    );
    expect(await readConfigFile(path)).toEqual({ users: [{ id: 'kim', firstName: 'Kim' }] });
  });

  test('a configuration may be a TypeScript module', async () => {
    const path = await file(
      'c.ts',
      'const users: { id: string }[] = [{ id: "kim" }];\nexport const config = { users };',
    );
    expect(await readConfigFile(path)).toEqual({ users: [{ id: 'kim' }] });
  });

  test('every configuration error names its line and the fix', async () => {
    const path = await file(
      'c.json',
      '{\n "users": [{ "id": "kim", "emial": "x" }],\n "lifetimes": { "codeSeconds": "5" },\n "fidelity": "real"\n}',
    );
    const message = await readConfigFile(path).catch((error: Error) => error.message);
    expect(message).toBe(
      [
        `${path}:2: users.0.emial: there is no such setting. Did you mean "email"?`,
        `${path}:3: lifetimes.codeSeconds: expected number, found "5".`,
        `${path}:4: fidelity: expected ("documented" | "engine"), found "real".`,
      ].join('\n'),
    );
  });

  test('an issuer that is not a URL is rejected with its line', async () => {
    const path = await file('c.json', '{\n "issuer": "https://exa mple.com/"\n}');
    await expect(readConfigFile(path)).rejects.toThrow(
      `${path}:2: issuer: must be an http(s) URL that ends with "/"`,
    );
  });

  test('a callback without a scheme is rejected with its line', async () => {
    const clients = '[{ "clientId": "web", "callbacks": ["localhost:3000/"] }]';
    const path = await file('c.json', `{\n "clients": ${clients}\n}`);
    await expect(readConfigFile(path)).rejects.toThrow(
      `${path}:2: clients.0.callbacks.0: must be an absolute URL`,
    );
  });

  test.each(['', '{ "users": [', '[]', 'null'])(
    'the configuration %j is rejected',
    async (text) => {
      const path = await file('c.json', text);
      await expect(readConfigFile(path)).rejects.toThrow(path);
    },
  );

  test('a missing configuration file is reported in a sentence', async () => {
    await expect(readConfigFile(join(folder, 'none.json'))).rejects.toThrow(
      'cannot be read. Does it exist?',
    );
  });
});

describe('the command', () => {
  test('the command prints issuer, users, clients and dashboard, reloads its configuration, and stops on SIGTERM', async () => {
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

  test('the command reports a port in use in a sentence', async () => {
    const server = createMockServer();
    const { port } = await server.listen();
    const { child, output } = run(['--port', String(port)]);
    expect(await exitCode(child)).toBe(1);
    await server.close();
    expect(output()).toBe(
      `Port ${port} is in use by another program. Choose another port, or 0 for any free one.\n`,
    );
  }, 180_000);

  test('the command reports a host that is not this machine in a sentence', async () => {
    const { child, output } = run(['--port', '0', '--host', 'no-such-host.invalid']);
    expect(await exitCode(child)).toBe(1);
    expect(output()).toBe(
      '"no-such-host.invalid" is not a host name or address of this machine. Use localhost, or 0.0.0.0 for every interface.\n',
    );
  }, 180_000);

  test('the command survives invalid configurations and a removed state folder', async () => {
    const config = await file('c.ts', 'export const config = {};');
    const kept = join(folder, 'kept');
    await mkdir(kept);
    const { child, output } = run(['--port', '0', '--config', config, '--state', join(kept, 's')]);
    await expect.poll(output, { timeout: 60_000 }).toContain('Issuer');
    const bad = [
      'export const config = { issuer: "https://exa mple.com/" };',
      'throw null;',
      'export const config = { users: [1n] };',
    ];
    for (const [index, text] of bad.entries()) {
      await writeFile(config, text);
      await expect
        .poll(() => output().split('stays in force').length - 1, { timeout: 60_000 })
        .toBeGreaterThan(index);
    }
    await rm(kept, { recursive: true });
    const [, url = ''] = /Issuer +(\S+)/.exec(output()) ?? [];
    await fetch(`${url}.well-known/jwks.json`);
    await expect.poll(output, { timeout: 60_000 }).toContain('its folder does not exist');
    expect((await fetch(`${url}.well-known/jwks.json`)).status).toBe(200);
    expect(child.exitCode).toBeNull();
  }, 180_000);

  test('the command shows the configuration in force over a restored state', async () => {
    const state = join(folder, 'state.json');
    const first = run(['--port', '0', '--state', state]);
    await expect.poll(first.output, { timeout: 60_000 }).toContain('Issuer');
    first.child.kill('SIGTERM');
    await exitCode(first.child);
    const config = await file('c.json', '{ "users": [{ "id": "kim" }] }');
    const second = run([
      '--port',
      '0',
      '--state',
      state,
      '--config',
      config,
      '--callback',
      'http://localhost:9/',
    ]);
    await expect.poll(second.output, { timeout: 60_000 }).toContain('Clients');
    expect(second.output()).toMatch(
      /Users +kim <kim@example\.com>\n +Clients +publisher-web → http:\/\/localhost:9\/\n/,
    );
  }, 180_000);

  test('the command listening on every interface uses localhost as issuer and prints a control token', async () => {
    const { output } = run(['--port', '0', '--host', '0.0.0.0']);
    await expect
      .poll(output, { timeout: 60_000 })
      .toMatch(/Issuer +http:\/\/localhost:\d+\/.*Token +[\w-]{32} /s);
  }, 180_000);

  test('the command takes public URLs as the issuer and further issuers', async () => {
    const { output } = run([
      '--port',
      '0',
      '--public-url',
      'http://mock.test:4400',
      '--public-url',
      'http://other.test',
    ]);
    await expect.poll(output, { timeout: 60_000 }).toContain('Issuer     http://mock.test:4400/');
    expect(output()).toContain('Dashboard  http://mock.test:4400/mock/');
  }, 180_000);

  test('the command prints its version', async () => {
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
