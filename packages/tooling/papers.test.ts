import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { papers } from './foreign/code-blocks.js';
import { root } from './processes.mjs';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('a link to a file', () => {
  const links = papers.flatMap((paper) =>
    [...read(paper).matchAll(/\]\((?!https?:|\/)([^)#]+)/g)].map(
      ([, to = '']) => [paper, to] as const,
    ),
  );

  test.each(links)('the link in %s to %s points to a file', (paper, to) => {
    expect(existsSync(join(root, dirname(paper), to))).toBe(true);
  });
});

test('every block of TypeScript and JavaScript is compiled, or is in a paper that is named here', () => {
  // By verify-recipes.test.ts and management-recipes.test.ts.
  const runBlocks = ['apps/docs/access-tokens.md', 'packages/server/README.md'];
  const others = papers.filter((paper) =>
    /^```(?:typescript|javascript|jsx|mjs|cjs)$/m.test(read(paper)),
  );
  expect(new Set(others)).toEqual(new Set(runBlocks));
});

test('no document runs a command by a name on npm that is not ours', () => {
  const commands = papers.flatMap((paper) =>
    [...read(paper).matchAll(/npx (?!@sesamy-kit\/)(\S*sesamy\S*)/g)].map(
      ([, name]) => `${paper}: ${name}`,
    ),
  );
  expect(commands).toEqual([]);
});

describe('a row of a table that names a test', () => {
  const rows = ['README.md', 'apps/docs/security.md', 'apps/docs/migrate-from-auth0-react.md']
    .flatMap((paper) => [...read(paper).matchAll(/`([^`]+\.test\.tsx?)` › ?([^|]*)\|/g)])
    .map(([, file = '', title = '']) => [file, title.trim()] as const);

  test('each difference to auth0-react names a test', () => {
    const [, after = ''] = read('apps/docs/migrate-from-auth0-react.md').split('## Differences');
    const [table = ''] = after.split('## One component');
    const lines = table.match(/^\| (?!auth0-react|-).*$/gm) ?? [];
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !line.includes('.test.ts'))).toEqual([]);
  });

  test('the tables of the README and of security name tests', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows)('a table names a test that is in %s: %s', (file, title) => {
    expect(read(file)).toContain(title);
  });
});
