import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BASIC_OP } from './conformance/basic-op.js';
import { CONFIG_OP } from './conformance/config-op.js';
import type { ConformanceModule } from './conformance/module.js';
import { createRelyingParty } from './conformance/relying-party.js';
import { RP_INITIATED_LOGOUT } from './conformance/rp-initiated-logout.js';

const PLANS: readonly (readonly [plan: string, modules: readonly ConformanceModule[]])[] = [
  ['Basic OP', BASIC_OP],
  ['Config OP', CONFIG_OP],
  ['RP-Initiated Logout OP', RP_INITIATED_LOGOUT],
];

describe.each(PLANS)('%s', (_, modules) => {
  test.each(modules)('$name: $behaviour', ({ run }) => run(createRelyingParty()));
});

test('the README table has one row for each module, in step with these tests', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /<!-- conformance -->\n([^]*?)\n<!-- \/conformance -->/.exec(readme) ?? [];
  expect(table.trim()).toBe(renderTable());
});

function renderTable(): string {
  const head = ['| module | the mock | deliberate difference |', '| --- | --- | --- |'];
  const rows = PLANS.flatMap(([plan, modules]) => [
    `| **${plan}** | | |`,
    ...modules.map(
      ({ name, behaviour, difference = '' }) => `| \`${name}\` | ${behaviour} | ${difference} |`,
    ),
  ]);
  return [...head, ...rows].map((row) => row.replaceAll('|  |', '| |')).join('\n');
}
