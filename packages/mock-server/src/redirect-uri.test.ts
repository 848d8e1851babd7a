import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClient } from './clients.js';
import { isRegisteredCallback, isRegisteredUri } from './redirect-uri.js';

const EXACT = [
  'https://app.example.com/callback',
  'http://localhost:5173/',
  'https://q.example/cb?tenant=1',
  'myapp://callback',
];
const WILDCARD = [
  'https://*.example.com/',
  'https://pages.example/*/done',
  'https://any.example/*',
];

test.each([
  ['https://app.example.com/callback', true],
  ['https://app.example.com/callback#x', false],
  ['https://app.example.com/callback/', false],
  ['https://app.example.com/callback?x=1', false],
  ['http://app.example.com/callback', false],
  ['https://app.example.com:8443/callback', false],
  ['https://APP.example.com/callback', true],
  ['https://app.example.com@evil.example/callback', false],
  ['https://user@app.example.com/callback', false],
  ['http://localhost:5173', true],
  ['http://localhost:5174/', false],
  ['https://q.example/cb?tenant=1', true],
  ['https://q.example/cb?tenant=2', false],
  ['https://q.example/cb', false],
  ['myapp://callback', true],
  ['not a url', false],
  ['javascript:alert(1)', false],
])('an exact registration accepts %s: %s', (uri, expected) => {
  expect(isRegisteredUri(uri, EXACT, 'documented')).toBe(expected);
});

test.each([
  ['https://news.example.com/', true],
  ['https://a.b.example.com/', true],
  ['https://example.com/', false],
  ['https://evilexample.com/', false],
  ['https://news.example.com.evil.example/', false],
  ['https://pages.example/a/done', true],
  ['https://pages.example/a/b/done', true],
  ['https://pages.example/a/done?x=1', true],
  ['https://pages.example/done', false],
  ['https://pages.example/a/undone2', false],
  ['https://any.example/', true],
  ['https://any.example/x/y?z', true],
  ['https://any.example:8443/', false],
])('a wildcard registration accepts %s: %s', (uri, expected) => {
  expect(isRegisteredUri(uri, WILDCARD, 'documented')).toBe(expected);
});

test('the engine ignores ports and accepts everything on http://localhost', () => {
  expect(isRegisteredUri('https://app.example.com:1/callback', EXACT, 'engine')).toBe(true);
  expect(isRegisteredUri('http://localhost:1/anything', EXACT, 'engine')).toBe(true);
  expect(isRegisteredUri('http://127.0.0.1:1/', EXACT, 'engine')).toBe(false);
});

test('an empty label does not match a wildcard domain', () => {
  for (const uri of ['https://.example.com/', 'https://a..example.com/']) {
    expect(isRegisteredUri(uri, ['https://*.example.com/'], 'documented')).toBe(false);
  }
});

test('every accepted redirect URI stays on a registered host', () => {
  const hosts =
    /^(?:app\.example\.com|localhost|q\.example|callback|pages\.example|any\.example|(?:.+\.)example\.com)$/;
  const piece = fc.constantFrom(
    'https://',
    'http://',
    'example.com',
    'app.',
    '@',
    '.',
    '/',
    '\\',
    'evil.example',
    '?',
    '#',
    ':',
    '5173',
    '*',
    '%2f',
    'any.example',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
      const uri = pieces.join('');
      if (!isRegisteredUri(uri, [...EXACT, ...WILDCARD], 'documented')) return;
      expect(new URL(uri).hostname).toMatch(hosts);
    }),
    { numRuns: 5000 },
  );
});

const NATIVE = createClient({
  clientId: 'app',
  type: 'native',
  callbacks: [
    'http://127.0.0.1/callback',
    'http://[::1]:1234/callback',
    'com.example.app:/oauth2redirect',
    'https://app.example.com/callback',
  ],
});

test.each([
  ['http://127.0.0.1:49152/callback', true],
  ['http://127.0.0.1/callback', true],
  ['http://[::1]:49152/callback', true],
  ['com.example.app:/oauth2redirect', true],
  ['http://127.0.0.1:49152/other', false],
  ['http://127.0.0.1:49152/callback?x=1', false],
  ['http://127.0.0.1:49152/callback#x', false],
  ['http://user@127.0.0.1:49152/callback', false],
  ['https://127.0.0.1:49152/callback', false],
  ['http://localhost:49152/callback', false],
  ['http://127.0.0.2:49152/callback', false],
  ['http://127.0.0.1.evil.example:49152/callback', false],
  ['https://app.example.com:8443/callback', false],
  ['com.example.app:/other', false],
  ['com.example.app2:/oauth2redirect', false],
])('a native app may use any port of its loopback address: %s is %s', (uri, expected) => {
  expect(isRegisteredCallback(uri, NATIVE, 'documented')).toBe(expected);
});

test('the port of a loopback address is compared for every other client type', () => {
  for (const type of ['spa', 'web'] as const) {
    const client = { ...NATIVE, type };
    expect(isRegisteredCallback('http://127.0.0.1:1/callback', client, 'documented')).toBe(false);
  }
});
