import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOG } from '../src/catalog.js';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

test('the table of findings in the README is the catalog', () => {
  const rows = Object.entries(CATALOG).flatMap(([id, { levels }]) =>
    Object.entries(levels)
      .filter(([level]) => level !== 'ok')
      .map(([level, { means, cure = '–' }]) => `| \`${id}\` | ${level} | ${means} | ${cure} |`),
  );
  const table = [
    '| check | level | what it means | what to do |',
    '| --- | --- | --- | --- |',
    ...rows,
  ];
  expect(readme).toContain(table.join('\n'));
});
