import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Finding, migrateSource, sources } from '../src/index.js';

const fixtures = join(import.meta.dirname, 'fixtures');

const files = sources.flatMap((from) =>
  readdirSync(join(fixtures, from, 'before')).map((file) => ({ from, file })),
);

const migrate = (from: (typeof sources)[number], file: string): ReturnType<typeof migrateSource> =>
  migrateSource(readFileSync(join(fixtures, from, 'before', file), 'utf8'), file, from);

const listed = (findings: readonly Finding[]): string =>
  findings.map(({ line, column, message }) => `${line}:${column} ${message}\n`).join('');

// What is recorded in `after` is type-checked by `npm run check`.
describe.each(files)('$file of an app with $from', ({ from, file }) => {
  test('$file of the app with $from becomes the recorded file', async () => {
    const { code } = migrate(from, file);
    await expect(code).toMatchFileSnapshot(join(fixtures, from, 'after', file));
  });

  test('$file of the app with $from leaves the recorded work by hand', async () => {
    const { findings } = migrate(from, file);
    await expect(listed(findings)).toMatchFileSnapshot(
      join(fixtures, from, 'by-hand', `${file}.txt`),
    );
  });

  test('a second migration of $file of the app with $from changes nothing', () => {
    const { code } = migrate(from, file);
    expect(migrateSource(code, file, from).code).toBe(code);
  });
});
