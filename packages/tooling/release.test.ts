import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';
import { inOrder, releaseProblems } from './release.mjs';

interface Manifest {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
}

const packages = publishedPackages();
const readManifest = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8'));
const manifests = packages.map(({ name, directory }) => ({
  name,
  directory,
  manifest: readManifest(join(directory, 'package.json')),
}));
const version = manifests[0]?.manifest.version;

describe.each(manifests)('a release of $name', ({ name, directory, manifest }) => {
  test('$name depends on its siblings by the version they are published with', () => {
    const needed = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies });
    const siblings = needed.filter(([sibling]) => sibling.startsWith('@sesamy-kit/'));
    expect(siblings.filter(([, range]) => range !== `^${version}`)).toEqual([]);
    expect(manifest.version).toBe(version);
  });

  test('$name has a licence, which every tool packs', () => {
    const licence = readFileSync(join(root, 'LICENSE'), 'utf8');
    expect(readFileSync(join(directory, 'LICENSE'), 'utf8')).toBe(licence);
  });

  test('$name has a changelog of its version', () => {
    expect(releaseProblems({ name, directory }, {})).toEqual([]);
  });
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
  const onGitHub = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://token.example/',
    GITHUB_REPOSITORY: 'publisher/kit',
  };
  const write = (manifest: unknown, changelog: string): void => {
    writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(directory, 'CHANGELOG.md'), changelog);
  };
  afterAll(() => rmSync(directory, { recursive: true }));

  test('a version without a section in the changelog is not released', () => {
    write({ version: '0.2.0' }, '# a\n\n## 0.1.0\n');
    expect(releaseProblems(published, {})).toEqual([
      'CHANGELOG.md of @sesamy-kit/a has no section 0.2.0: run "npx changeset version".',
    ]);
  });

  test('a package that names another repository is not released with provenance', () => {
    write({ version: '0.1.0' }, '# a\n\n## 0.1.0\n');
    expect(releaseProblems(published, onGitHub)).toEqual([
      'package.json of @sesamy-kit/a does not name the repository that provenance attests: set repository.url to "git+https://github.com/publisher/kit.git".',
    ]);
  });

  test('a package that names the repository of the workflow is released with provenance', () => {
    const url = 'git+https://github.com/publisher/kit.git';
    write({ version: '0.1.0', repository: { url } }, '# a\n\n## 0.1.0\n');
    expect(releaseProblems(published, onGitHub)).toEqual([]);
  });
});
