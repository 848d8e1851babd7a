import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './processes.mjs';

const papers = [
  'README.md',
  'apps/docs/security.md',
  'apps/docs/architecture.md',
  'apps/docs/token-handler.md',
  'apps/docs/access-tokens.md',
  'apps/docs/browsers.md',
  'apps/docs/events.md',
  'apps/docs/idle-logout.md',
  'apps/docs/losing-a-session.md',
  'apps/docs/native-apps.md',
  'apps/docs/offline.md',
  'apps/docs/testing.md',
  'packages/session/README.md',
  'packages/react/README.md',
  'packages/mock-server/README.md',
  'packages/server/README.md',
  'packages/doctor/README.md',
  'packages/devtools/README.md',
  'apps/demo/README.md',
  'apps/backend/README.md',
];

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
