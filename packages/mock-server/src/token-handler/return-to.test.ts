import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReturnTo } from './return-to.js';

const site = { origin: 'https://app.publisher.test', prefix: '/sesamy', isPlainLoopback: false };

test.each([
  [undefined, '/'],
  ['/', '/'],
  ['/stories/7?a=b&c=%2F%2Fevil.test', '/stories/7?a=b&c=%2F%2Fevil.test'],
  ['/stories#comments', '/stories#comments'],
  ['https://app.publisher.test', '/'],
  ['https://app.publisher.test:443/a', '/a'],
  ['/künstler', '/k%C3%BCnstler'],
  ['/a/../b', '/b'],
  ['/.//evil.test', '//evil.test'],
  ['/%2f%2fevil.test', '/%2f%2fevil.test'],
  ['/@evil.test', '/@evil.test'],
])('return-to accepts %j', (given, path) => {
  expect(parseReturnTo(given, site)).toBe(`https://app.publisher.test${path}`);
});

test.each([
  '',
  'stories',
  '?a=b',
  '//evil.test',
  '///evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  '/\r\nset-cookie: a=b',
  '\t//evil.test',
  ' //evil.test',
  '/ /evil.test',
  '\u0000//evil.test',
  'https:evil.test',
  'https:/evil.test',
  'https:///evil.test',
  'https:app.publisher.test/a',
  'https://evil.test',
  'https://evil.test/https://app.publisher.test/',
  'https://app.publisher.test@evil.test/',
  'https://app.publisher.test:443@evil.test/',
  'https://ada@app.publisher.test/',
  'https://ada:secret@app.publisher.test/',
  'https://app.publisher.test.evil.test/',
  'https://app.publisher.test%2eevil.test/',
  'https://app.publisher.test%00.evil.test/',
  'https://app.publisher.test:8443/',
  'https://comments.publisher.test/',
  'https://publisher.test/',
  'http://app.publisher.test/',
  'javascript:alert(1)',
  'javascript://app.publisher.test/%0aalert(1)',
  'data:text/html,x',
  'blob:https://app.publisher.test/x',
  'app.publisher.test/a',
  `/${'a'.repeat(1500)}`,
  `/${'é'.repeat(500)}`,
])('return-to rejects %j', (given) => {
  expect(parseReturnTo(given, site)).toBeNull();
});

const piece = fc.oneof(
  fc.constantFrom(
    ...['/', '\\', ':', '@', '?', '#', '.', '%2f', '%5c', '\t', '\n', ' ', '//', 'https:', 'http:'],
    ...['evil.test', 'app.publisher.test', 'javascript:', '[', ']', '\u3000', '。', '\ud800'],
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

describe('any return-to', () => {
  test('a browser that follows an accepted return-to stays on the site', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const target = parseReturnTo(pieces.join(''), site);
        if (target === null) return;
        expect(target.startsWith(`${site.origin}/`)).toBe(true);
        expect(new URL(target, 'https://token.sesamy.com/').origin).toBe(site.origin);
        expect(target).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 5000 },
    );
  });
});
