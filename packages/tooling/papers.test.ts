import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { papers } from './foreign/code-blocks.js';
import { root } from './processes.mjs';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

describe('a link to a file', () => {
  const links = papers.flatMap((paper) =>
    [...read(paper).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
      ([, to = '']) => [paper, to] as const,
    ),
  );

  test.each(links)('the link in %s to %s points to a file', (paper, to) => {
    expect(existsSync(join(root, dirname(paper), to))).toBe(true);
  });
});

describe('a row of the security table', () => {
  const rows = [
    ...read('apps/docs/security.md').matchAll(/`([^`]+\.test\.tsx?)` › ?([^|]*)\|/g),
  ].map(([, file = '', title = '']) => [file, title.trim()] as const);

  test('the security table names tests', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  test.each(rows)('the security table names what is in %s: %s', (file, title) => {
    expect(read(file)).toContain(title);
  });
});
