import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './processes.mjs';

const paper = readFileSync(join(root, 'apps/docs/browsers.md'), 'utf8');

/** The meaning of each letter: a file and the titles that lead to a test in it. */
const tests = new Map(
  [...paper.matchAll(/^- \((\w)\) `([^`]+)` › (.+)$/gm)].map(([, letter = '', file, titles]) => [
    letter,
    `${String(file)} › ${String(titles)}`,
  ]),
);

/** Every cell of the first table but the first of a row, as it is written and with the row's project. */
const cells = [...paper.matchAll(/^\| .*?\(`([\w-]+)`\) \|(.+)\|$/gm)]
  .filter(([row]) => !row.includes('playwright.config.ts'))
  .flatMap(([, project = '', rest = '']) =>
    rest.split('|').map((cell) => [project, cell.trim()] as const),
  );

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly { readonly projectName: string }[];
  }[];
}

/** Every end-to-end test as `project: file › titles`, as Playwright itself lists them. */
function listTests(): readonly string[] {
  const playwright = join(root, 'node_modules/.bin/playwright');
  const report = execFileSync(playwright, ['test', '--list', '--reporter=json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const { suites } = JSON.parse(report) as { readonly suites: readonly Suite[] };
  const listIn = (suite: Suite, path: readonly string[]): readonly string[] => [
    ...suite.specs.flatMap(({ title, tests }) =>
      tests.map(({ projectName }) => `${projectName}: ${[...path, title].join(' › ')}`),
    ),
    ...(suite.suites ?? []).flatMap((inner) => listIn(inner, [...path, inner.title])),
  ];
  return suites.flatMap((suite) => listIn(suite, [suite.title]));
}

describe('a cell of the table of browsers', () => {
  const listed = new Set(listTests());

  test('the table of browsers has a cell for each browser and each mode', () => {
    expect(cells).toHaveLength(4 * 6);
  });

  test.each(cells)(
    'the cell of the table of browsers for %s, "%s", names a test that runs there',
    (project, cell) => {
      const letter = /\((\w)\)$/.exec(cell)?.[1] ?? '';
      expect(listed).toContain(`${project}: ${String(tests.get(letter))}`);
    },
  );
});
