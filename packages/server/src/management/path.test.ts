import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf, urlOf } from './path.js';

const base = 'https://api.sesamy.com/management/v1';

describe('a path', () => {
  test('is put under the base, with its query', () => {
    expect(urlOf(base, '/users', { limit: 2, search: 'a b', none: undefined })).toBe(
      `${base}/users?limit=2&search=a+b`,
    );
  });

  test.each([
    'publishers',
    'https://evil.example/',
    '/../../secrets',
    '/%2e%2e/secrets',
    '/..\\..\\secrets',
    '/users#fragment',
    '',
  ])('%o is refused', (path) => {
    expect(() => urlOf(base, path)).toThrow(/must begin with a slash and stay under apiUrl/);
  });

  test('that looks like another host stays on ours', () => {
    expect(urlOf(base, '//evil.example/')).toBe(`${base}//evil.example/`);
  });

  test('never leaves the base, whatever it is', () => {
    const tryUrl = (path: string): string => {
      try {
        return urlOf(base, path);
      } catch {
        return `${base}/refused`;
      }
    };
    assert(
      property(string({ unit: 'grapheme' }), (path) => {
        expect(tryUrl(path).startsWith(`${base}/`)).toBe(true);
      }),
    );
  });
});

describe('an id in a path', () => {
  test('is encoded', () => {
    expect(pathOf`/users/${'email|a/b?c#d'}/user_metadata/${'x y'}`).toBe(
      '/users/email%7Ca%2Fb%3Fc%23d/user_metadata/x%20y',
    );
  });

  test.each(['', '.', '..', '\uD800'])('%o is refused', (id) => {
    expect(() => pathOf`/users/${id}`).toThrow(/would address something else/);
  });

  test('never adds a segment', () => {
    const segments = (id: string): number =>
      new URL(base + pathOf`/users/${id}`).pathname.split('/').length;
    assert(
      property(string({ minLength: 3 }), (id) => {
        expect(segments(id)).toBe(5);
      }),
    );
  });
});
