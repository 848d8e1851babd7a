import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf, urlOf } from './path.js';

const base = 'https://api.sesamy.com/management/v1';

describe('a path', () => {
  test('a path is resolved below the base, with its query', () => {
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
  ])('the path %o is rejected', (path) => {
    expect(() => urlOf(base, path)).toThrow(/must begin with a slash and stay under apiUrl/);
  });

  test('a path that looks like another host stays on the API’s host', () => {
    expect(urlOf(base, '//evil.example/')).toBe(`${base}//evil.example/`);
  });

  test('no path leaves the base', () => {
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
  test('an id in a path is encoded', () => {
    expect(pathOf`/users/${'email|a/b?c#d'}/user_metadata/${'x y'}`).toBe(
      '/users/email%7Ca%2Fb%3Fc%23d/user_metadata/x%20y',
    );
  });

  test.each(['', '.', '..', '\uD800'])('the id %o is rejected', (id) => {
    expect(() => pathOf`/users/${id}`).toThrow(/would address something else/);
  });

  test('no id adds a segment to the path', () => {
    const segments = (id: string): number =>
      new URL(base + pathOf`/users/${id}`).pathname.split('/').length;
    assert(
      property(string({ minLength: 3 }), (id) => {
        expect(segments(id)).toBe(5);
      }),
    );
  });
});
