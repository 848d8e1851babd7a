import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeStaleOutputs } from './stale-outputs.mjs';

/** Creates a package with these empty files. */
function createPackage(files: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'stale-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), '');
  }
  return directory;
}

test('outputs without a source, and those of tests, are removed; all others stay', () => {
  const current = ['button.d.ts', 'button.js', 'button.js.map', 'flows/login.production.js'];
  const stale = [
    'flows/gone.d.ts',
    'flows/gone.d.ts.map',
    'flows/gone.js',
    'session.test-d.d.ts',
    'session.test-d.js',
    'session.test.js',
  ];
  const directory = createPackage([
    'src/button.tsx',
    'src/flows/login.production.ts',
    'src/session.test-d.ts',
    'src/session.test.ts',
    'dist/tsconfig.tsbuildinfo',
    ...[...current, ...stale].map((file) => `dist/${file}`),
  ]);
  expect(removeStaleOutputs(directory).toSorted()).toEqual(stale);
  const left = readdirSync(join(directory, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(left.toSorted()).toEqual([...current, 'flows', 'tsconfig.tsbuildinfo'].toSorted());
});
