import { expect, test } from 'vitest';
import { readerName } from './reader-name.js';

test.each([
  [
    'the full name of the profile',
    { firstName: 'Ada', lastName: 'Lovelace', name: 'A. L.' },
    'Ada Lovelace',
  ],
  ['one half of it', { firstName: 'Ada', lastName: '' }, 'Ada'],
  ['the name as one', { name: 'A. L.', nickname: 'ada' }, 'A. L.'],
  ['the nickname', { nickname: 'ada' }, 'ada'],
  ['the name of the login', {}, 'Countess'],
])('the name of a user is taken from %s', (_what, profile, name) => {
  expect(readerName(profile, { name: 'Countess' })).toBe(name);
});

test('a user without a name is called Reader', () => {
  expect(readerName({ firstName: ' ' }, { name: ' ' })).toBe('Reader');
});
