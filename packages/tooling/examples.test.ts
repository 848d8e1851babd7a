import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publishedPackages } from './packed-packages.mjs';
import { root } from './processes.mjs';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const directory = join(root, 'apps/examples');
const read = (path: string): string => readFileSync(path, 'utf8');
const manifestIn = (folder: string): Manifest => JSON.parse(read(join(folder, 'package.json')));
const dependenciesOf = ({ dependencies, devDependencies }: Manifest): Record<string, string> => ({
  ...dependencies,
  ...devDependencies,
});

const names = readdirSync(directory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
  .map(({ name }) => name);

/** What an example may depend on: our packages as published, and what the workspace has. */
const versions = new Map([
  ...Object.entries(dependenciesOf(manifestIn(directory))),
  ...publishedPackages().map(
    (published) => [published.name, manifestIn(published.directory).version] as const,
  ),
]);

describe.each(names)('%s', (name) => {
  const manifest = manifestIn(join(directory, name));

  test(`the example ${name} has its own name, and the commands that every example has`, () => {
    expect(manifest.name).toBe(name);
    expect(Object.keys(manifest.scripts)).toEqual(
      expect.arrayContaining(['start', 'build', 'test']),
    );
  });

  test(`the example ${name} depends on exact versions, those of the workspace where it has them`, () => {
    const dependencies = Object.entries(dependenciesOf(manifest));
    const inexact = dependencies.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(inexact).toEqual([]);
    const others = dependencies.filter(([dependency, version]) => {
      const expected = versions.get(dependency);
      return expected !== undefined && /^\d/.test(expected) && expected !== version;
    });
    expect(others).toEqual([]);
  });

  test(`the README of the example ${name} has at most fifteen lines of text`, () => {
    const lines = read(join(directory, name, 'README.md')).split('\n');
    expect(lines.filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(15);
  });

  test(`the page on examples has a row for ${name}`, () => {
    expect(read(join(root, 'apps/docs/examples.md'))).toContain(`](../examples/${name}) |`);
  });
});
