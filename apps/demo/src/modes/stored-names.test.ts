import { afterEach, expect, test, vi } from 'vitest';
import { readStoredNames } from './stored-names.js';

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  sessionStorage.clear();
  document.cookie = 'hint=; expires=Thu, 01 Jan 1970 00:00:00 GMT';
});

test('names, but no values, are read from each place', async () => {
  document.cookie = 'hint=secret-a';
  localStorage.setItem('user', 'secret-b');
  sessionStorage.setItem('scroll', 'secret-c');
  const found = await readStoredNames();
  expect(found).toEqual([
    { place: 'Cookies', names: ['hint'] },
    { place: 'localStorage', names: ['user'] },
    { place: 'sessionStorage', names: ['scroll'] },
    { place: 'IndexedDB', names: [] },
  ]);
});

test('denied storage counts as empty', async () => {
  vi.stubGlobal('localStorage', undefined);
  vi.stubGlobal('sessionStorage', null);
  const found = await readStoredNames();
  expect(found.flatMap(({ place, names }) => (place === 'Cookies' ? [] : names))).toEqual([]);
});
