import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryPoints, installPacked, publishedPackages, tarballOf } from './packed-packages.mjs';
import { root } from './processes.mjs';
import { pageProblems } from './release.mjs';

const packages = publishedPackages();
/** It has subpaths only; its main entry names them. */
const withoutMain = '@sesamy-kit/server';
const app = mkdtempSync(join(tmpdir(), 'packed-'));

beforeAll(() => installPacked(packages, app), 60_000);
afterAll(() => rmSync(app, { recursive: true }));

describe.each(packages)('$name as an app gets it', ({ name }) => {
  test(`publint accepts ${name}`, async () => {
    const pkgDir = join(app, 'node_modules', name);
    const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test(`${name} has types in every module resolution`, async () => {
    const tarball = new Uint8Array(readFileSync(tarballOf(name, app)));
    const analysis = await checkPackage(createPackageFromTarballData(tarball));
    const problems = analysis.types === false ? ['it has no types'] : analysis.problems;
    expect(problems.filter(concernsEsm)).toEqual([]);
  });

  test.each(['development', 'production'])(
    '$name is importable from every entry point, outside of a browser too',
    (condition) => {
      const imports = entryPoints(name, app)
        .filter((entry) => entry !== withoutMain)
        .map((entry) => `await import('${entry}');`);
      expect(imports).not.toEqual([]);
      const args = ['--conditions', condition, '--input-type=module', '--eval', imports.join('\n')];
      execFileSync(process.execPath, args, { cwd: app, stdio: 'pipe' });
    },
  );

  test(`${name} contains neither tests nor build leftovers`, () => {
    const directory = join(app, 'node_modules', name);
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /\.test\.|\.test-d\.|tsbuildinfo|^src/.test(file))).toEqual([]);
  });
});

test('importing @sesamy-kit/server without a subpath throws with the subpaths', () => {
  const program = `import { createAccessTokenVerifier } from '${withoutMain}';`;
  const run = (): Buffer =>
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: app,
      stdio: 'pipe',
    });
  const subpaths = entryPoints(withoutMain, app).filter((entry) => entry !== withoutMain);
  expect(subpaths).not.toEqual([]);
  for (const subpath of subpaths) expect(run).toThrow(subpath);
});

test("each module that needs React in a browser has 'use client'", () => {
  const dist = join(app, 'node_modules/@sesamy-kit/react/dist');
  const modules = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file, source: readFileSync(join(dist, file), 'utf8') }));
  const needsClient = modules.filter(({ source }) =>
    /from ['"]react(?:\/[\w-]+)?['"]/.test(source),
  );
  const isMarked = ({ source }: { source: string }): boolean => source.startsWith("'use client';");
  expect(needsClient.map(({ file }) => file)).toContain('session-provider.js');
  expect(needsClient.filter((module) => !isMarked(module)).map(({ file }) => file)).toEqual([]);
});

test('the published session has the page on errors, which messages link to', () => {
  expect(pageProblems(tarballOf('@sesamy-kit/session', app))).toEqual([]);
});

describe('the published command of the mock', () => {
  const directory = join(app, 'node_modules/@sesamy-kit/mock-server');
  const manifest = (): { bin: Record<string, string>; version: string } =>
    JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const command = (): string => join(directory, manifest().bin['sesamy-mock'] ?? '');

  test('the published command prints its version', () => {
    const output = execFileSync(process.execPath, [command(), '--version'], { encoding: 'utf8' });
    expect(output).toBe(`${manifest().version}\n`);
  });

  test('the published command imports no package before it listens', async () => {
    const alone = join(app, 'alone');
    cpSync(dirname(command()), join(alone, 'bundle'), { recursive: true });
    const child = spawn(process.execPath, [join(alone, 'bundle/sesamy-mock.js'), '--port', '0']);
    try {
      expect(await outputUntil(child, /Issuer +(\S+)/)).toMatch(/^http:\/\/localhost:\d+\/$/);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('the published command serves its pages after an installation has removed its files', async () => {
    const alone = join(app, 'removed');
    cpSync(dirname(command()), alone, { recursive: true });
    const child = spawn(process.execPath, [join(alone, 'sesamy-mock.js'), '--port', '0']);
    try {
      const url = await outputUntil(child, /Dashboard +(\S+)/);
      rmSync(alone, { recursive: true });
      expect((await fetch(url ?? '')).status).toBe(200);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('a mock of an app whose files were removed says to restart it', async () => {
    const alone = join(app, 'removed-package');
    cpSync(directory, alone, { recursive: true });
    const script = `
      import { rmSync } from 'node:fs';
      import { createMockServer } from './removed-package/dist/index.js';
      const server = createMockServer({ hasControlPlane: true });
      const { url } = await server.listen();
      rmSync('removed-package', { recursive: true });
      const response = await fetch(url + 'mock/');
      console.log(await response.text());
      await server.close();
    `;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: app,
      encoding: 'utf8',
    });
    expect(output).toContain('Restart the mock.');
  });

  test('the published command serves https with a configuration in TypeScript and a dashboard', async () => {
    const config = join(app, 'mock.config.ts');
    writeFileSync(
      config,
      'const id: string = "kim";\nexport const config = { users: [{ id }] };\n',
    );
    const args = ['--port', '0', '--https', '--config', config, '--state', join(app, 'state.json')];
    const child = spawn(process.execPath, [command(), ...args], { cwd: app });
    try {
      const url = await outputUntil(child, /Dashboard +(\S+)[^]*kim@example\.com[^]*CA /);
      expect(url).toMatch(/^https:\/\/localhost:\d+\/mock\/$/);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('the published command includes the licences of its bundle', () => {
    const licences = readFileSync(join(dirname(command()), 'LICENSES.txt'), 'utf8');
    for (const name of ['hono', 'jose', 'valibot', '@hono/node-server', '@noble/hashes'])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });
});

test('the published command of the doctor prints its version', () => {
  const directory = join(app, 'node_modules/@sesamy-kit/doctor');
  const { bin, version }: { bin: Record<string, string>; version: string } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  const command = join(directory, bin['sesamy-doctor'] ?? '');
  const output = execFileSync(process.execPath, [command, '--version'], { encoding: 'utf8' });
  expect(output).toBe(`${version}\n`);
});

test('the published command of the codemods migrates a file', () => {
  const command = join(app, 'node_modules/@sesamy-kit/migrate/bin/sesamy-migrate.js');
  const project = mkdtempSync(join(tmpdir(), 'migrated-'));
  const page = join(project, 'page.tsx');
  writeFileSync(
    page,
    "import { useAuth0 } from '@auth0/auth0-react';\nexport const useUser = () => {\n  const { user } = useAuth0();\n  return user;\n};\n",
  );
  execFileSync(process.execPath, [command, 'auth0-react'], { cwd: project, stdio: 'pipe' });
  expect(readFileSync(page, 'utf8')).toContain('const { user } = useSession();');
  rmSync(project, { recursive: true });
});

test('the published command that creates an app lists every example', () => {
  const directory = join(app, 'node_modules/@sesamy-kit/create');
  const command = join(directory, 'bin/create-sesamy-kit.js');
  const output = execFileSync(process.execPath, [command, '--help'], { encoding: 'utf8' });
  const examples = readdirSync(join(root, 'apps/examples'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name);
  expect(examples.filter((name) => !output.includes(`  ${name} `))).toEqual([]);
});

/** The first group of what a command has printed, once it matches. */
function outputUntil(
  child: ReturnType<typeof spawn>,
  pattern: RegExp,
): Promise<string | undefined> {
  let text = '';
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        const match = pattern.exec(text);
        if (match) resolve(match[1]);
      });
    }
    child.once('close', () => reject(new Error(`The command ended:\n${text}`)));
  });
}

/** The packages are ESM only: require() and the oldest resolution do not find them by design. */
function concernsEsm(problem: unknown): boolean {
  return !/"(?:node10|node16-cjs)"/.test(JSON.stringify(problem));
}
