import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readSnapshot, writeSnapshot } from './snapshot.js';

const user = { sub: 'auth2|1', name: 'Åsa', 'urn:plan': { level: 1 } };

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test('a stored user is read back', () => {
  writeSnapshot('a', user);
  expect(readSnapshot('a')).toEqual(user);
});

test('two sessions have separate stored users', () => {
  writeSnapshot('a', user);
  expect(readSnapshot('b')).toBeNull();
});

test('writing null removes the stored user', () => {
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
])('the stored value %j is not a user', (text) => {
  localStorage.setItem('a', text);
  expect(readSnapshot('a')).toBeNull();
});

test('a stored claim named __proto__ adds nothing to the user', () => {
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
])('localStorage that is %s counts as empty', (_what, storage) => {
  vi.stubGlobal('localStorage', storage);
  expect(() => writeSnapshot('a', user)).not.toThrow();
  expect(() => writeSnapshot('a', null)).not.toThrow();
  expect(readSnapshot('a') ?? null).toBeNull();
});

test('a user who cannot be stored is ignored', () => {
  const circular: Record<string, unknown> & { sub: string } = { sub: 'a' };
  circular['self'] = circular;
  expect(() => writeSnapshot('a', circular)).not.toThrow();
  expect(readSnapshot('a')).toBeNull();
});
