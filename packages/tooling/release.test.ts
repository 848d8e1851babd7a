import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';
import { inOrder, pageProblems, releaseProblems, repositoryProblem } from './release.mjs';

interface Manifest {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly repository?: { readonly url: string };
}

const packages = publishedPackages();
const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'));
const manifests = packages.map(({ name, directory }) => ({
  name,
  directory,
  manifest: readManifest(join(directory, 'package.json')),
}));
const version = manifests[0]?.manifest.version;
const { repository } = readManifest(join(root, 'package.json'));
const isSibling = ([name]: [string, string]): boolean => name.startsWith('@sesamy-kit/');

describe.each(manifests)('a release of $name', ({ name, directory, manifest }) => {
  test(`${name} depends on its siblings by the version they are published with`, () => {
    const siblings = Object.entries(manifest.dependencies ?? {}).filter(isSibling);
    expect(siblings.filter(([, range]) => range !== `^${version}`)).toEqual([]);
    expect(manifest.version).toBe(version);
  });

  // Where the range of a peer is left by a version, changesets raises the package to the next major.
  test(`${name} accepts every version before 1.0 of its sibling peers`, () => {
    const peers = Object.entries(manifest.peerDependencies ?? {}).filter(isSibling);
    expect(peers.filter(([, range]) => range !== '0.x')).toEqual([]);
  });

  test(`${name} has a licence, which every tool packs`, () => {
    const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
    expect(readFileSync(join(directory, 'LICENSE'), 'utf8')).toBe(licence);
  });

  test(`${name} has a changelog of its version, and the repository of the root`, () => {
    expect(releaseProblems({ name, directory }, repository?.url)).toEqual([]);
  });
});

test('a tarball of the session without the page on errors is not released', () => {
  const directory = mkdtempSync(join(tmpdir(), 'release-'));
  writeFileSync(join(directory, 'package.json'), '{"name":"empty","version":"0.0.0"}');
  execFileSync('npm', ['pack', '--silent'], { cwd: directory });
  expect(pageProblems(join(directory, 'empty-0.0.0.tgz'))).toEqual([
    'The tarball of the session has no docs/errors.html: its prepack script makes it.',
  ]);
  rmSync(directory, { recursive: true });
});

test('changesets gives all published packages one version', () => {
  const { fixed }: { fixed: string[][] } = JSON.parse(
    readFileSync(join(root, '.changeset/config.json'), 'utf8'),
  );
  expect(fixed).toEqual([packages.map(({ name }) => name).toSorted()]);
});

test('a package is published after the packages it depends on', () => {
  const named = (name: string, ...needs: string[]): (typeof packages)[number] => ({
    name,
    directory: name,
    dependencies: Object.fromEntries(needs.map((need) => [need, '^1.0.0'])),
  });
  const ordered = inOrder([named('panel', 'hooks', 'core'), named('hooks', 'core'), named('core')]);
  expect(ordered.map(({ name }) => name)).toEqual(['core', 'hooks', 'panel']);
});

describe('what keeps a package from being released', () => {
  const directory = mkdtempSync(join(tmpdir(), 'release-'));
  const published = { name: '@sesamy-kit/a', directory };
  const write = (manifest: unknown, changelog: string): void => {
    writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(directory, 'CHANGELOG.md'), changelog);
  };
  afterAll(() => rmSync(directory, { recursive: true }));

  test('a version without a section in the changelog is not released', () => {
    write({ version: '0.2.0' }, '# a\n\n## 0.1.0\n');
    expect(releaseProblems(published, undefined)).toEqual([
      'CHANGELOG.md of @sesamy-kit/a has no section 0.2.0: run "npm run version-packages".',
    ]);
  });

  test('a package without the repository of the root is not released', () => {
    write({ version: '0.1.0' }, '# a\n\n## 0.1.0\n');
    expect(releaseProblems(published, 'git+https://github.com/publisher/kit.git')).toEqual([
      'package.json of @sesamy-kit/a does not name the repository of the root\'s: run "npm run version-packages".',
    ]);
  });
});

describe('the repository', () => {
  const url = 'git+https://github.com/publisher/kit.git';
  const onGitHub = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/',
    GITHUB_REPOSITORY: 'publisher/kit',
  };

  test.each([
    ['is not named', undefined, {}],
    ['is not named on GitHub', undefined, onGitHub],
    ['is another than the one that provenance attests', 'git+https://github.com/a/b.git', onGitHub],
  ])('a release says where to name the repository if it %s', (_what, named, env) => {
    expect(repositoryProblem(named, env)).toContain('set "repository" in it to { "type": "git"');
  });

  test.each([[{}], [onGitHub]])('a release accepts a named repository, with %j', (env) => {
    expect(repositoryProblem(url, env)).toBeUndefined();
  });
});
