import { ApiError, AuthError, type AuthErrorCode } from '@sesamy-kit/session';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { CreateError, type CreateErrorCode } from '../create/src/errors.js';
import { MockUnavailableError, type MockUnavailableCode } from '../mock-server/src/browser.js';
import { UnsupportedError } from '../react/src/auth0/errors.js';
import { ManagementError, type ManagementErrorCode } from '../server/src/management/errors.js';
import { AccessTokenError, type AccessTokenErrorCode } from '../server/src/verify/errors.js';
import { root } from './processes.mjs';

const paper = readFileSync(join(root, 'apps/docs/errors.md'), 'utf8');
const page = errorsPage();
const PAGE = 'https://unpkg.com/@sesamy-kit/session/docs/errors.html#';

const authErrorCodes = codesOf('session/src/errors.ts', 'AuthErrorCode');
const managementCodes = codesOf('server/src/management/errors.ts', 'ManagementErrorCode');
const accessTokenCodes = codesOf('server/src/verify/errors.ts', 'AccessTokenErrorCode');
const mockCodes = codesOf('mock-server/src/browser.ts', 'MockUnavailableCode');
const createCodes = codesOf('create/src/errors.ts', 'CreateErrorCode');

/** The members of a union of strings in a source file. */
function codesOf(file: string, type: string): readonly string[] {
  const source = readFileSync(join(root, 'packages', file), 'utf8');
  const [, union = ''] = new RegExp(`export type ${type} =([^;]+);`).exec(source) ?? [];
  return [...union.matchAll(/'(\w+)'/g)].flatMap(([, code]) => code ?? []);
}

/** The page that the published package of the session has. */
function errorsPage(): string {
  const directory = mkdtempSync(join(tmpdir(), 'errors-'));
  const file = join(directory, 'errors.html');
  execFileSync(process.execPath, [join(root, 'packages/session/scripts/errors-page.mjs'), file]);
  const html = readFileSync(file, 'utf8');
  rmSync(directory, { recursive: true });
  return html;
}

/** The text of a section, up to the next heading of its level. */
function section(title: string): string {
  return paper.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
}

test('the page on errors has cause and cure for each code of the session, and no other', () => {
  const entries = section('Session errors').split(/^### /m).slice(1);
  const codes = entries.map((entry) => entry.slice(0, entry.indexOf('\n')));
  expect(new Set(codes)).toEqual(new Set(authErrorCodes));
  for (const entry of entries) expect(entry).toMatch(/- \*\*Cause\*\*: .+\n- \*\*Cure\*\*: .+/);
});

test.each<[string, readonly string[]]>([
  ['Management API', managementCodes],
  ['Access tokens in a backend', accessTokenCodes],
  ['The mock in a browser', mockCodes],
  ['A new app', createCodes],
])('the section %s of the page on errors has a row for each code, and no other', (title, codes) => {
  const [table = ''] = section(title).split(/^### /m);
  const rows = [...table.matchAll(/^\| <a id="[\w-]+"><\/a>`(\w+)` \|/gm)].map(([, code]) => code);
  expect(new Set(rows)).toEqual(new Set(codes));
});

test('no error class of a package has codes that these tests do not know', () => {
  const files = execFileSync('git', ['ls-files', 'packages/*/src/*'], {
    cwd: root,
    encoding: 'utf8',
  });
  const types = files.split('\n').flatMap((file) => {
    if (!/\.tsx?$/.test(file)) return [];
    const source = readFileSync(join(root, file), 'utf8');
    const classes = source.split(/^(?:export )?class \w+ extends \w*Error\b/m).slice(1);
    return classes.flatMap(
      (body) => /^ {2}(?:declare )?readonly code: (.*);$/m.exec(body)?.[1] ?? [],
    );
  });
  expect(new Set(types)).toEqual(
    new Set([
      'AuthErrorCode',
      'ManagementErrorCode',
      'AccessTokenErrorCode',
      'MockUnavailableCode',
      'CreateErrorCode',
      // Codes of the API, of an ApiError; and of the mock's responses.
      'string',
      'ApiErrorCode',
    ]),
  );
});

test('every error of a package links to a section or a row of its own on the page on errors', () => {
  vi.stubEnv('NODE_ENV', 'development');
  const links = [
    ...authErrorCodes.map((code) =>
      linkIn(new AuthError(code as AuthErrorCode, 'It failed.').message),
    ),
    ...managementCodes.map(
      (code) => new ManagementError('', { code: code as ManagementErrorCode }).docsUrl,
    ),
    ...accessTokenCodes.map(
      (code) => new AccessTokenError('', { code: code as AccessTokenErrorCode }).docsUrl,
    ),
    ...mockCodes.map((code) => new MockUnavailableError(code as MockUnavailableCode, '').docsUrl),
    ...createCodes.map((code) => new CreateError(code as CreateErrorCode, '').docsUrl),
    new UnsupportedError('appState', '').docsUrl,
    linkIn(new ApiError({ status: 404, code: 'http_404' }).message),
  ];
  expect(links.length).toBeGreaterThan(40);
  expect(new Set(links).size).toBe(links.length);
  const dead = links.filter(
    (link) => !link.startsWith(PAGE) || !page.includes(` id="${link.slice(PAGE.length)}"`),
  );
  expect(dead).toEqual([]);
});

/** The link that a message ends with. */
function linkIn(message: string): string {
  return / See (\S+)$/.exec(message)?.[1] ?? message;
}

test('the page on errors of the published package links only to addresses and to itself', () => {
  const links = [...page.matchAll(/ href="([^"]+)"/g)].flatMap(([, link]) => link ?? []);
  expect(links.length).toBeGreaterThan(2);
  expect(links.filter((link) => !/^(?:https:\/\/|#)/.test(link))).toEqual([]);
});

test('the page on errors has every reason of an invalid token', () => {
  const [, table = ''] = paper.split('### Reasons of');
  const [reasonsTable = ''] = table.split(/^## /m);
  const [, ...reasons] = [...reasonsTable.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, cell = '']) =>
    cell.replaceAll('`', '').split(', '),
  );
  expect(new Set(reasons)).toEqual(
    new Set(codesOf('server/src/verify/errors.ts', 'InvalidTokenReason')),
  );
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
