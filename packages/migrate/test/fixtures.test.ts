import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Finding, migrateApp, type MigratedFile, sources } from '../src/index.js';

const fixtures = join(import.meta.dirname, 'fixtures');

/** The app of a source, migrated. */
const apps = sources.map((from) => {
  const before = readdirSync(join(fixtures, from, 'before')).map((file) => ({
    path: file,
    code: readFileSync(join(fixtures, from, 'before', file), 'utf8'),
  }));
  return { from, files: migrateApp(before, from) };
});

const listed = (findings: readonly Finding[]): string =>
  findings.map(({ line, column, message }) => `${line}:${column} ${message}\n`).join('');

const codes = (files: readonly MigratedFile[]): readonly string[] => files.map(({ code }) => code);

// What is recorded in `after` is type-checked by `npm run check`.
describe.each(apps)('an app with $from', ({ from, files }) => {
  test.each(files)(`$path of the app with ${from} becomes the recorded file`, async (file) => {
    await expect(file.code).toMatchFileSnapshot(join(fixtures, from, 'after', file.path));
  });

  test.each(files)(
    `$path of the app with ${from} leaves the recorded work by hand`,
    async (file) => {
      const path = join(fixtures, from, 'by-hand', `${file.path}.txt`);
      await expect(listed(file.findings)).toMatchFileSnapshot(path);
    },
  );

  test(`a second migration of the app with ${from} changes nothing`, () => {
    expect(codes(migrateApp(files, from))).toEqual(codes(files));
  });
});
