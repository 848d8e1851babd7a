import fc from 'fast-check';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyTemplates } from '../scripts/templates.mjs';
import { createProject, listExamples } from '../src/index.js';
import { packageNameOf } from '../src/package-name.js';

const scratch = mkdtempSync(join(tmpdir(), 'create-'));
const templates = join(scratch, 'templates');
const example = 'vite-no-router';

beforeAll(() => copyTemplates(templates));
afterAll(() => rmSync(scratch, { recursive: true }));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Record<string, string>;
}
const manifestIn = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));

describe('createProject', () => {
  test('a new app has the files of the example, the name of its directory, and the kit in the version of this package', async () => {
    const project = await createProject({ directory: join(scratch, 'My App'), example, templates });
    expect(project).toEqual({ directory: join(scratch, 'My App'), name: 'my-app' });
    const files = readdirSync(project.directory);
    expect(files).toEqual(expect.arrayContaining(['.gitignore', 'README.md', 'src']));
    expect(files).not.toContain('_gitignore');
    const { name, dependencies } = manifestIn(project.directory);
    const { version } = manifestIn(join(import.meta.dirname, '..'));
    expect([name, dependencies['@sesamy-kit/react']]).toEqual(['my-app', version]);
  });

  test('a new app is created in a directory that has a repository only', async () => {
    const directory = join(scratch, 'cloned');
    mkdirSync(join(directory, '.git'), { recursive: true });
    await createProject({ directory, example, templates });
    expect(readdirSync(directory)).toContain('package.json');
  });

  test('a directory with a file in it is left as it is', async () => {
    const directory = join(scratch, 'full');
    mkdirSync(directory);
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    await expect(createProject({ directory, example, templates })).rejects.toMatchObject({
      code: 'directory_not_empty',
    });
    expect(readdirSync(directory)).toEqual(['notes.txt']);
  });

  test('a path that is a file, or below one, is an invalid directory', async () => {
    const file = join(scratch, 'file');
    writeFileSync(file, 'mine');
    for (const directory of [file, join(file, 'app')]) {
      await expect(createProject({ directory, example, templates })).rejects.toMatchObject({
        code: 'invalid_directory',
      });
    }
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('an unknown example rejects with the names of the examples, and creates nothing', async () => {
    const directory = join(scratch, 'unknown');
    const creation = createProject({ directory, example: '../create', templates });
    await expect(creation).rejects.toMatchObject({
      code: 'unknown_example',
      message: expect.stringContaining('vite-react-router'),
    });
    expect(readdirSync(scratch)).not.toContain('unknown');
  });
});

test('every example has a description', async () => {
  const examples = await listExamples(templates);
  expect(examples.length).toBeGreaterThan(7);
  for (const { description } of examples) expect(description).toMatch(/^[A-Z].*\.$/);
});

describe('the name of a package', () => {
  test.each([
    ['My App', 'my-app'],
    ['.hidden', 'hidden'],
    ['åäö', null],
    ['node_modules', null],
  ])('a directory called %j makes the package %j', (directory, name) => {
    expect(packageNameOf(directory)).toBe(name);
  });

  test('any directory makes a name that npm accepts, or none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (directory) => {
        const name = packageNameOf(directory);
        if (name !== null) expect(name).toMatch(/^[a-z0-9~][a-z0-9._~-]{0,213}$/);
      }),
    );
  });
});
