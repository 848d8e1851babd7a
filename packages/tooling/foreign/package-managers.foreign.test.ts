import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedPackages } from '../packed-packages.mjs';
import { inOrder, publishTarballs } from '../release.mjs';
import { cleanEnvironment, foreignDirectory, INSTALL_LIMIT_MS } from './project.js';
import { startRegistry, type Registry } from './registry.js';

const execute = promisify(execFile);
const packages = publishedPackages();
const names = packages.map(({ name }) => name);
const peers = ['react@19.3.1', 'react-dom@19.3.1', '@tanstack/react-query@5.108.0'];

const commands = packages.flatMap(({ directory }) => {
  const { bin = {} }: { bin?: Record<string, string> } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  return Object.keys(bin);
});

/** One of each package: the main one, which `@sesamy-kit/server` refuses to be imported by. */
const entries = names.map((name) => (name === '@sesamy-kit/server' ? `${name}/verify` : name));

const PROGRAM = `
for (const entry of ${JSON.stringify(entries)}) {
  const module = await import(entry);
  console.log(entry, Object.keys(module).length > 0);
}
`;

/** A directory with a `package.json` only. */
function emptyProject(name: string): string {
  const directory = join(foreignDirectory(), name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(directory, 'program.js'), PROGRAM);
  return directory;
}

async function runIn(
  directory: string,
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  const options = {
    cwd: directory,
    env: { ...cleanEnvironment(), ...env },
    timeout: INSTALL_LIMIT_MS,
  };
  try {
    return (await execute(command, [...args], options)).stdout;
  } catch (error) {
    // Yarn prints its errors to the standard output.
    const printed = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    throw new Error(`${String(error)}\n${printed}`, { cause: error });
  }
}

/** Imports each package, and runs each command. */
async function expectUsable(directory: string): Promise<void> {
  expect(await runIn(directory, process.execPath, ['program.js'])).toBe(
    entries.map((entry) => `${entry} true\n`).join(''),
  );
  for (const name of commands) {
    const command = join(directory, 'node_modules/.bin', name);
    expect(await runIn(directory, command, ['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/);
  }
}

test(
  'the tarballs of npm pack install by npm into an empty project',
  async () => {
    const tarballs = join(foreignDirectory(), 'npm-packed');
    mkdirSync(tarballs, { recursive: true });
    for (const { directory } of packages) {
      await runIn(directory, 'npm', ['pack', '--pack-destination', tarballs]);
    }
    const files = readdirSync(tarballs).map((file) => join(tarballs, file));
    expect(files).toHaveLength(packages.length);
    const directory = emptyProject('tarballs');
    await runIn(directory, 'npm', ['install', '--no-audit', '--no-fund', ...files, ...peers]);
    await expectUsable(directory);
  },
  INSTALL_LIMIT_MS,
);

describe('published packages', () => {
  let registry: Registry;
  let scopeConfig: string;

  beforeAll(async () => {
    registry = await startRegistry([]);
    scopeConfig = `@sesamy-kit:registry=${registry.url}\n`;
    const host = registry.url.replace('http:', '');
    const userconfig = join(foreignDirectory(), 'publisher.npmrc');
    writeFileSync(userconfig, `${scopeConfig}${host}:_authToken=publisher\n`);
    const env = { ...cleanEnvironment(), npm_config_userconfig: userconfig };
    const directory = join(foreignDirectory(), 'packages');
    await publishTarballs(inOrder(packages), directory, [], env);
    // Again: what is published already is left alone.
    await publishTarballs(inOrder(packages), directory, [], env);
  }, INSTALL_LIMIT_MS);
  afterAll(() => registry?.close());

  test('the release publishes each package after those it depends on', () => {
    expect([...registry.published].toSorted()).toEqual([...names].toSorted());
    const at = (name: string): number => registry.published.indexOf(`@sesamy-kit/${name}`);
    expect(at('session')).toBeLessThan(at('react'));
    expect(at('doctor')).toBeLessThan(at('devtools'));
  });

  /** A project that finds our packages at the registry, whichever package manager looks for them. */
  function configuredProject(name: string): string {
    const directory = emptyProject(name);
    writeFileSync(join(directory, '.npmrc'), scopeConfig);
    writeFileSync(
      join(directory, '.yarnrc.yml'),
      `nodeLinker: node-modules\nenableImmutableInstalls: false\nunsafeHttpWhitelist: ['127.0.0.1']\nnpmScopes:\n  sesamy-kit:\n    npmRegistryServer: '${registry.url}'\n`,
    );
    // Yarn 4 looks for its project upwards from here.
    writeFileSync(join(directory, 'yarn.lock'), '');
    return directory;
  }

  test.each([
    ['npm', 'npm@11.19.1', 'npm', ['install', '--no-audit', '--no-fund']],
    ['pnpm 12', 'pnpm@12.21.0', 'pnpm', ['add']],
    ['Yarn 1', 'yarn@1.22.22', 'yarn', ['add', '--non-interactive', '--no-progress']],
    ['Yarn 4', '@yarnpkg/cli-dist@4.18.1', 'yarn', ['add']],
    ['Bun', 'bun@1.4.5', 'bun', ['add']],
  ])(
    '%s installs the published packages into an empty project',
    async (_manager, tool, command, args) => {
      const directory = configuredProject(tool.replaceAll(/\W/g, '-'));
      const exec = ['exec', '--yes', `--package=${tool}`, '--', command];
      await runIn(directory, 'npm', [...exec, ...args, ...names, ...peers]);
      await expectUsable(directory);
    },
    INSTALL_LIMIT_MS,
  );

  test.each([
    ['npm', 'npm@11.19.1', 'npm', ['--yes'], ['--']],
    ['pnpm 12', 'pnpm@12.21.0', 'pnpm', [], []],
    ['Yarn 1', 'yarn@1.22.22', 'yarn', [], []],
    ['Yarn 4', '@yarnpkg/cli-dist@4.18.1', 'yarn', [], []],
    ['Bun', 'bun@1.4.5', 'bun', [], []],
  ])(
    'the command create @sesamy-kit of %s makes an app',
    async (_manager, tool, command, flags, separator) => {
      const directory = configuredProject(`create-by-${tool.replaceAll(/\W/g, '-')}`);
      // Yarn 1 installs the command globally; as root, beside Node.
      writeFileSync(
        join(directory, '.yarnrc'),
        `prefix "${directory}/global"\nglobal-folder "${directory}/global"\n`,
      );
      const exec = ['exec', '--yes', `--package=${tool}`, '--', command];
      const create = ['create', ...flags, '@sesamy-kit', 'my-app', ...separator];
      const args = [...exec, ...create, '--example', 'vite-no-router'];
      // They run outside of the project, so its files configure them as those of the home directory.
      const printed = await runIn(directory, 'npm', args, { HOME: directory });
      expect(printed).toContain('my-app is ready.');
      expect(readdirSync(join(directory, 'my-app'))).toContain('vite.config.ts');
    },
    INSTALL_LIMIT_MS,
  );
});
