import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { isSameUser } from './user/same-user.js';
import { isUser } from './user.js';

test.each([
  undefined,
  null,
  '',
  'auth2|1',
  7,
  [],
  {},
  { sub: '' },
  { sub: 1 },
  { sub: null },
  { name: 'Ada' },
])('isUser(%j) is false', (value) => {
  expect(isUser(value)).toBe(false);
});

test('isUser is true for an object with a sub', () => {
  expect(isUser({ sub: 'auth2|1' })).toBe(true);
});

test('isSameUser is true for the same claims', () => {
  assert(
    property(jsonValue(), (claim) => {
      const user = { sub: 'a', claim };
      expect(isSameUser(user, user)).toBe(true);
      expect(isSameUser(user, structuredClone(user))).toBe(true);
      expect(isSameUser(user, { ...user, sub: 'b' })).toBe(false);
      expect(isSameUser(user, { ...user, claim: { other: claim } })).toBe(false);
    }),
  );
});

test('isSameUser is false for an additional or a missing claim', () => {
  expect(isSameUser({ sub: 'a', name: 'Ada' }, { sub: 'a' })).toBe(false);
  expect(isSameUser({ sub: 'a' }, { sub: 'a', name: 'Ada' })).toBe(false);
});
