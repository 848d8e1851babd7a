import { array, assert, constantFrom, oneof, property, string, webUrl } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReturnTo, withoutResponseParams } from './return-to.js';

const origin = 'https://app.publisher.test';

describe('parseReturnTo', () => {
  test.each([
    ['/', '/'],
    ['', '/'],
    ['/articles/1?page=2#comments', '/articles/1?page=2#comments'],
    ['articles', '/articles'],
    ['?page=2', '/?page=2'],
    ['#top', '/#top'],
    ['./a/../b', '/b'],
    ['/a//b', '/a//b'],
    ['/?next=//evil.test', '/?next=//evil.test'],
    ['/a?to=https://evil.test/', '/a?to=https://evil.test/'],
    [`${origin}/a?b#c`, '/a?b#c'],
    ['HTTPS://APP.PUBLISHER.TEST:443/a', '/a'],
    ['/café?q=å', '/caf%C3%A9?q=%C3%A5'],
    ['  /padded  ', '/padded'],
    ['/@evil.test', '/@evil.test'],
    ['/javascript:alert(1)', '/javascript:alert(1)'],
    ['/%2f%2fevil.test', '/%2f%2fevil.test'],
    ['/%5cevil.test', '/%5cevil.test'],
    // A scheme like the base's, without slashes, is a relative path.
    ['https:evil.test', '/evil.test'],
  ])('parseReturnTo(%j) returns %j', (value, expected) => {
    expect(parseReturnTo(value, origin)).toBe(expected);
  });

  test.each([
    '//evil.test',
    '///evil.test',
    '////evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '\\/evil.test',
    '/a\\b',
    ' //evil.test',
    '\u00a0//evil.test'.trim(),
    '/\t/evil.test',
    '\n//evil.test',
    '/\r\n/evil.test',
    '\u0000//evil.test',
    '/a\u007fb',
    '/.//evil.test',
    '/..//evil.test',
    '/a/..//evil.test',
    '/%2e//evil.test',
    '/%2E%2e//evil.test',
    `${origin}//evil.test`,
    'https://evil.test/',
    'https:///evil.test',
    'http://app.publisher.test/',
    `${origin}:444/`,
    `${origin}.evil.test/`,
    `${origin}@evil.test/`,
    'https://user@app.publisher.test/',
    'https://user:password@app.publisher.test/',
    'https://:password@app.publisher.test/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
    'about:blank',
    'mailto:a@evil.test',
    `blob:${origin}/0b6c`,
    `blob:${origin}//evil.test`,
    'blob:https://user:password@app.publisher.test/0b6c',
    `filesystem:${origin}/temporary/a`,
    `view-source:${origin}/`,
    'https://[',
    '//',
    'https://',
    null,
    undefined,
    1,
    {},
    ['/a'],
    { toString: () => '/a' },
    new URL('/a', origin),
  ])('parseReturnTo(%j) returns null', (value) => {
    expect(parseReturnTo(value, origin)).toBeNull();
  });

  test('parseReturnTo returns null for a page without an origin', () => {
    expect(parseReturnTo('/a', 'null')).toBeNull();
    expect(parseReturnTo('javascript:alert(1)', 'null')).toBeNull();
  });

  const nasty = constantFrom(
    ...['/', '//', '\\', '\t', '\n', '\r', '\u0000', '\u007f', ' ', '.', '..', '%2e', '%2f', '%5c'],
    ...['@', ':', '?', '#', ';', 'http:', 'https:', 'javascript:', 'data:', 'blob:', 'filesystem:'],
    ...[
      'evil.test',
      'app.publisher.test',
      origin,
      '。',
      '／',
      '＼',
      '\ufeff',
      '\u2028',
      '\ud800',
      '[::1]',
    ],
  );
  const attempts = oneof(
    string({ unit: 'binary' }),
    string({ unit: 'grapheme' }),
    webUrl({ withFragments: true, withQueryParameters: true }),
    array(oneof(nasty, nasty, string({ maxLength: 3 })), { maxLength: 9 }).map((parts) =>
      parts.join(''),
    ),
  );

  test('parseReturnTo returns only paths that stay on this origin', () => {
    assert(
      property(attempts, (value) => {
        const path = parseReturnTo(value, origin);
        if (path === null) return;
        expect(path).toMatch(/^\/(?!\/)/);
        for (const base of [origin, `${origin}/deep/er?a#b`]) {
          const url = new URL(path, base);
          expect(url.origin).toBe(origin);
          expect(url.username + url.password).toBe('');
          expect(url.pathname + url.search + url.hash).toBe(path);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('parseReturnTo returns its own result unchanged', () => {
    assert(
      property(attempts, (value) => {
        const path = parseReturnTo(value, origin);
        if (path !== null) expect(parseReturnTo(path, origin)).toBe(path);
      }),
      { numRuns: 500 },
    );
  });
});

describe('withoutResponseParams', () => {
  test.each([
    ['/?code=1&state=2', '/'],
    ['/cb?code=1&state=2&iss=https%3A%2F%2Ftoken.sesamy.com%2F', '/cb'],
    ['/?error=access_denied&error_description=No&error_uri=x&state=1', '/'],
    ['/a?page=2&code=1&q=a+b%20c#part', '/a?page=2&q=a+b%20c#part'],
    ['/a?code', '/a'],
    ['/a?code=1&code=2&b', '/a?b'],
    ['/a?%63ode=1&st%61te=2&b=1', '/a?b=1'],
    ['/a?codec=1&x=code&Code=2&statement=3', '/a?codec=1&x=code&Code=2&statement=3'],
    ['/a??code=1', '/a??code=1'],
    ['/a?b=%zz&c=%E5', '/a?b=%zz&c=%E5'],
    ['/a?=1&b=', '/a?=1&b='],
    ['/a#code=1&state=2', '/a#code=1&state=2'],
    ['/a?', '/a'],
    ['//evil.test/a?code=1', '/evil.test/a'],
    ['////evil.test', '/evil.test'],
  ])('withoutResponseParams turns %s into %s', (before, after) => {
    expect(withoutResponseParams(new URL(origin + before))).toBe(after);
  });

  const responseNames = ['code', 'state', 'iss', 'error', 'error_description', 'error_uri'];
  const pair = string({ unit: 'grapheme-ascii', minLength: 1 })
    .map((text) => text.replaceAll(/[&#]/g, ''))
    .filter((text) => {
      const name = [...new URLSearchParams(`&${text}`).keys()][0];
      return name !== undefined && !responseNames.includes(name);
    });
  const added = constantFrom(...responseNames).map((name) => `${name}=x`);

  test('withoutResponseParams keeps all other parameters unchanged and in order', () => {
    assert(
      property(array(oneof(pair, added), { maxLength: 6 }), (pairs) => {
        const before = new URL(`${origin}/a?${pairs.join('&')}#part`);
        const kept = before.search
          .slice(1)
          .split('&')
          .filter((text) => text !== '' && !/^\w+=x$/.test(text));
        const after = withoutResponseParams(before);
        const query = new URL(after, origin).search.slice(1);
        expect(query.split('&').filter((text) => text !== '' && !/^\w+=x$/.test(text))).toEqual(
          kept,
        );
        expect(
          [...new URLSearchParams(`&${query}`).keys()].filter((name) =>
            responseNames.includes(name),
          ),
        ).toEqual([]);
        expect(withoutResponseParams(new URL(after, origin))).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('withoutResponseParams returns a path on this origin', () => {
    assert(
      property(string({ unit: 'binary' }), (path) => {
        const url = new URL(origin);
        url.pathname = path;
        expect(new URL(withoutResponseParams(url), origin).origin).toBe(origin);
      }),
    );
  });
});
