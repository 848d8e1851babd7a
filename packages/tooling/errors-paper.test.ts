import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './processes.mjs';

const paper = readFileSync(join(root, 'apps/docs/errors.md'), 'utf8');

/** The members of a union of strings in a source file. */
function codesOf(file: string, type: string): readonly string[] {
  const source = readFileSync(join(root, file), 'utf8');
  const union = new RegExp(`export type ${type} =([^;]+);`).exec(source)?.[1] ?? '';
  return [...union.matchAll(/'(\w+)'/g)].flatMap(([, code]) => code ?? []);
}

/** The text of a section, up to the next heading of its level. */
function section(title: string): string {
  return paper.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
}

test('the page on errors has cause and cure for each code of the session, and no other', () => {
  const entries = section('Session errors').split(/^### /m).slice(1);
  const codes = entries.map((entry) => entry.slice(0, entry.indexOf('\n')));
  expect(new Set(codes)).toEqual(
    new Set(codesOf('packages/session/src/errors.ts', 'AuthErrorCode')),
  );
  for (const entry of entries) expect(entry).toMatch(/\*\*Cause\*\*: .+\n\*\*Cure\*\*: .+/);
});

test.each([
  ['Management API', 'packages/server/src/management/errors.ts', 'ManagementErrorCode'],
  ['Access tokens in a backend', 'packages/server/src/verify/errors.ts', 'AccessTokenErrorCode'],
])('the section %s of the page on errors has a row for each code of %s', (title, file, type) => {
  const [table = ''] = section(title).split(/^### /m);
  const [, ...codes] = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, code]) => code);
  expect(new Set(codes)).toEqual(new Set(codesOf(file, type)));
});

test('the page on errors has every reason of an invalid token', () => {
  const [, table = ''] = paper.split('### Reasons of');
  const [, ...reasons] = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    cell.replaceAll('`', '').split(', '),
  );
  const inSource = codesOf('packages/server/src/verify/errors.ts', 'InvalidTokenReason');
  expect(new Set(reasons)).toEqual(new Set(inSource));
});

test('the page on errors has every code that the kit itself gives an ApiError', () => {
  const sources = [
    'packages/session/src/api/api-response.ts',
    'packages/session/src/api/fetch-json.ts',
    'packages/react/src/profile.ts',
  ].map((file) => readFileSync(join(root, file), 'utf8'));
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/\bcode: '(\w+)'/g)].map(([, code]) => code),
  );
  expect(codes.length).toBeGreaterThan(2);
  for (const code of codes) expect(section('API errors')).toContain(`\`${code}\``);
});
