import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { publishedPackages } from './packed-packages.mjs';
import { inOrder, releaseProblems } from './release.mjs';
import { exampleManifests, rehearseVersion } from './version-packages.mjs';

const read = (path: string): string => readFileSync(path, 'utf8');

describe('a minor changeset of one package, versioned in a copy of the work tree', () => {
  const url = 'git+https://github.com/publisher/kit.git';
  let rehearsal: Awaited<ReturnType<typeof rehearseVersion>>;
  let manifests: readonly { version: string; repository: unknown; text: string }[];
  let problems: readonly string[];
  let examples: readonly string[];
  let client: string;

  beforeAll(async () => {
    rehearsal = await rehearseVersion({
      prepare(copy) {
        const path = join(copy, 'package.json');
        const manifest: object = JSON.parse(read(path));
        writeFileSync(path, JSON.stringify({ ...manifest, repository: { type: 'git', url } }));
      },
      inspect(copy) {
        const packages = inOrder(publishedPackages(copy));
        manifests = packages.map(({ directory }) => {
          const text = read(join(directory, 'package.json'));
          return { ...JSON.parse(text), text };
        });
        problems = packages.flatMap((published) => releaseProblems(published, url));
        examples = exampleManifests(copy).map(read);
        client = read(join(copy, 'packages/server/src/management/client.ts'));
      },
    });
  });

  test('all packages get the next minor version, before 1.0 too', () => {
    const next = rehearsal.from.replace(/\.(\d+)\.\d+$/, (_, minor) => `.${Number(minor) + 1}.0`);
    expect(rehearsal).toMatchObject({ isMadeUp: true, to: next });
    expect(new Set(manifests.map(({ version }) => version))).toEqual(new Set([next]));
  });

  test('the packages depend on their siblings by the new version', () => {
    const ranges = manifests.flatMap(({ text }) => [
      ...text.matchAll(/"@sesamy-kit\/\w+": "\^.*"/g),
    ]);
    expect(ranges.length).toBeGreaterThan(3);
    expect(ranges.filter(([range]) => !range.endsWith(`"^${rehearsal.to}"`))).toEqual([]);
  });

  test('every changelog gets a section, with what was changed or which dependencies were', () => {
    const { changelogs } = rehearsal;
    const sectionOf = (name: string): string | undefined =>
      changelogs.find((changelog) => changelog.name === `@sesamy-kit/${name}`)?.text;
    expect(sectionOf('session')).toContain('A change that was made up.');
    expect(sectionOf('react')).toContain(`@sesamy-kit/session@${rehearsal.to}`);
  });

  test('the examples and the name of the Management client get the new version', () => {
    const named = examples.flatMap((text) => [
      ...text.matchAll(/"@sesamy-kit\/[^"]+": "(\d[^"]*)"/g),
    ]);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter(([, version]) => version !== rehearsal.to)).toEqual([]);
    expect(client).toContain(`'sesamy-kit-server/${rehearsal.to}'`);
  });

  test('the packages get the repository of the root, with their directory, and can be released', () => {
    expect(manifests.map(({ repository }) => repository)).toContainEqual({
      type: 'git',
      url,
      directory: 'packages/session',
    });
    expect(problems).toEqual([]);
  });
});
