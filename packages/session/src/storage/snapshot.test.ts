import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readSnapshot, writeSnapshot } from './snapshot.js';

const user = { sub: 'auth2|1', name: 'Åsa', 'urn:plan': { level: 1 } };

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test('a user is read back at once', () => {
  writeSnapshot('a', user);
  expect(readSnapshot('a')).toEqual(user);
});

test('two sessions keep their users apart', () => {
  writeSnapshot('a', user);
  expect(readSnapshot('b')).toBeNull();
});

test('null forgets the user and leaves nothing behind', () => {
  writeSnapshot('a', user);
  writeSnapshot('a', null);
  expect(readSnapshot('a')).toBeNull();
  expect(localStorage.length).toBe(0);
});

test.each([
  '',
  '{',
  'null',
  '7',
  '[]',
  '"auth2|1"',
  '{}',
  '{"sub":""}',
  '{"sub":1}',
  '{"sub":null}',
])('%j is no user', (text) => {
  localStorage.setItem('a', text);
  expect(readSnapshot('a')).toBeNull();
});

test('a claim named __proto__ gives the user nothing', () => {
  localStorage.setItem('a', '{"sub":"a","__proto__":{"admin":true}}');
  expect(readSnapshot('a')?.['admin']).toBeUndefined();
});

test.each<[string, unknown]>([
  ['missing', undefined],
  ['null, as in some web views', null],
  [
    'full',
    {
      getItem: () => null,
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem() {
        throw new DOMException('blocked', 'SecurityError');
      },
    },
  ],
])('storage that is %s counts as empty', (_what, storage) => {
  vi.stubGlobal('localStorage', storage);
  expect(() => writeSnapshot('a', user)).not.toThrow();
  expect(() => writeSnapshot('a', null)).not.toThrow();
  expect(readSnapshot('a') ?? null).toBeNull();
});

test('a user who cannot be written down is not', () => {
  const circular: Record<string, unknown> & { sub: string } = { sub: 'a' };
  circular['self'] = circular;
  expect(() => writeSnapshot('a', circular)).not.toThrow();
  expect(readSnapshot('a')).toBeNull();
});
