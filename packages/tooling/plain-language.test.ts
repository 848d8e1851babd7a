import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './processes.mjs';

/** Wording that keeps creeping in, with the plain one. */
const WORDS: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/\bnobody\b/i, '"no user", "not signed in", or the passive'],
  [/\bwhom(?:ever)?\b|\bwhoso?ever\b/i, 'name the user, the caller or the server'],
  [/\b(?:somebody|everybody|anybody)\b/i, '"another user", "any page", "a server"'],
  [/\bwhat (?:it|he|she|they) (?:has|have) of\b/i, '"its" or "their"'],
  [/\b(?:is|are|was|were) told\b/i, '"receives", or name the message'],
  [/\bask(?:s|ed)? anew\b|\banew\b/i, '"again" or "a new"'],
  [/\bpassed over\b/i, '"ignored"'],
  [/\ball the same\b(?! \w)/i, '"regardless"'],
];

/** A quoted value, such as the client id 'nobody', is data. */
const DATA = /(['"=/])(?:nobody|somebody)(?=['"@&:])/g;

/** The stories of the demo keep their style; a licence and a lock file are not ours. */
const LEFT_OUT =
  /^(?:LICENSE|pnpm-lock\.yaml|apps\/demo\/src\/(?:stories|art)\/|packages\/tooling\/plain-language\.test\.ts)/;
const TEXT = /\.(?:[cm]?[jt]sx?|md|html|css|py|ya?ml|json)$/;

/** Every line with one of the words, as `file:line: the word; use …`. */
function findWords(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, index) => {
    const prose = line.replaceAll(DATA, '$1');
    return WORDS.flatMap(([pattern, plain]) => {
      const found = pattern.exec(prose);
      return found === null ? [] : [`${path}:${index + 1}: "${found[0]}"; use ${plain}`];
    });
  });
}

describe('plain language', () => {
  const paths = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => TEXT.test(path) && !LEFT_OUT.test(path));

  test('comments, test titles, messages and documents use none of the listed words', () => {
    expect(paths.length).toBeGreaterThan(500);
    const found = paths.flatMap((path) => findWords(path, readFileSync(join(root, path), 'utf8')));
    expect(found).toEqual([]);
  });

  test.each([
    [
      '// Nobody is signed in.',
      ['a.ts:1: "Nobody"; use "no user", "not signed in", or the passive'],
    ],
    ["test('\n * whom it knows", ['a.ts:2: "whom"; use name the user, the caller or the server']],
    ["authorize({ client_id: 'nobody' })", []],
    ['const everybodyElse = 1; // a user', []],
  ])('the search in %j finds %j', (text, found) => {
    expect(findWords('a.ts', text)).toEqual(found);
  });
});
