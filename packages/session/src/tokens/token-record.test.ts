import { assert, double, integer, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  coversScope,
  isFresh,
  parseTokenRecord,
  refreshDueAt,
  type TokenRecord,
} from './token-record.js';

const minuteMs = 60_000;
const issuedAt = 1_800_000_000_000;
const record: TokenRecord = {
  id: 'r1',
  accessToken: 'at',
  refreshToken: 'rt',
  issuedAt,
  expiresAt: issuedAt + 60 * minuteMs,
  user: { sub: 'auth2|1' },
};

describe('isFresh', () => {
  test.each<[string, number, number, boolean]>([
    ['when it is issued', 0, 10, true],
    ['half-way', 30 * minuteMs, 10, true],
    ['just before its last seconds', 60 * minuteMs - 10_001, 10, true],
    ['in its last seconds', 60 * minuteMs - 10_000, 10, false],
    ['in its last seconds where none are asked for', 60 * minuteMs - 1, 0, true],
    ['at its end', 60 * minuteMs, 0, false],
    ['after its end', 61 * minuteMs, 0, false],
    ['when it is asked to live longer than it does', 0, 3600, false],
    ['when it is asked to live nearly as long as it does', 0, 3599, true],
    ['on a clock corrected by a minute', -minuteMs, 10, true],
    ['on a clock turned back further', -minuteMs - 1, 10, false],
    ['on a clock turned back by a year', -365 * 24 * 60 * minuteMs, 10, false],
    ['on a clock turned forward by a year', 365 * 24 * 60 * minuteMs, 10, false],
  ])('a token %s', (_when, elapsedMs, minValiditySeconds, expected) => {
    expect(isFresh(record, issuedAt + elapsedMs, minValiditySeconds)).toBe(expected);
  });

  test('a clock that is no number makes nothing fresh', () => {
    expect(isFresh(record, Number.NaN, 10)).toBe(false);
    expect(isFresh(record, issuedAt, Number.NaN)).toBe(false);
  });
});

describe('refreshDueAt', () => {
  test.each([
    [60 * minuteMs, 0, 59 * minuteMs],
    [60 * minuteMs, 1, 58.5 * minuteMs],
    [2 * minuteMs, 0, minuteMs],
    [minuteMs, 0, minuteMs / 2],
    [minuteMs, 1, minuteMs / 4],
    [10_000, 0, 5_000],
  ])(
    'a token that lives %d ms is due at the earliest after (by chance %d) %d ms',
    (lifeMs, random, dueMs) => {
      expect(refreshDueAt({ ...record, expiresAt: issuedAt + lifeMs }, random)).toBe(
        issuedAt + dueMs,
      );
    },
  );

  test('it is always due while it is still valid, and never at once', () => {
    assert(
      property(
        integer({ min: 10_000, max: 10 ** 10 }),
        double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (lifeMs, random) => {
          const expiresAt = issuedAt + lifeMs;
          const dueAt = refreshDueAt({ ...record, expiresAt }, random);
          expect(dueAt).toBeLessThanOrEqual(expiresAt - Math.min(minuteMs, lifeMs / 2));
          expect(dueAt).toBeGreaterThanOrEqual(issuedAt + lifeMs / 4);
        },
      ),
    );
  });
});

describe('parseTokenRecord', () => {
  test('reads what was written', () => {
    expect(parseTokenRecord(structuredClone(record))).toEqual(record);
    expect(parseTokenRecord({ ...record, refreshToken: undefined })).toEqual({
      ...record,
      refreshToken: undefined,
    });
  });

  test('leaves out what is not of the record', () => {
    expect(parseTokenRecord({ ...record, secret: 's' })).toEqual(record);
  });

  test.each([undefined, null, '', 'text', 7, [], [record], {}])('%j is none', (value) => {
    expect(parseTokenRecord(value)).toBeNull();
  });

  test.each<[string, object]>([
    ['an id', { id: undefined }],
    ['an access token', { accessToken: undefined }],
    ['an access token with something in it', { accessToken: '' }],
    ['an access token of text', { accessToken: 7 }],
    ['a user', { user: undefined }],
    ['a user with a sub', { user: { name: 'Ada' } }],
    ['a user with a sub of text', { user: { sub: 7 } }],
    ['its beginning', { issuedAt: undefined }],
    ['its end', { expiresAt: undefined }],
    ['a beginning that is a number', { issuedAt: String(issuedAt) }],
    ['an end that is a number', { expiresAt: String(issuedAt + 1) }],
    ['a beginning that is an instant', { issuedAt: Number.NaN }],
    ['an end that is an instant', { expiresAt: Number.NaN }],
    ['an end after its beginning', { expiresAt: issuedAt }],
  ])('a record needs %s', (_what, change) => {
    expect(parseTokenRecord({ ...record, ...change })).toBeNull();
  });

  test.each(['', 7, null, {}])('the refresh token %j counts as none', (refreshToken) => {
    expect(parseTokenRecord({ ...record, refreshToken })?.refreshToken).toBeUndefined();
  });

  test('whatever is stored, the answer is a record or none', () => {
    assert(
      property(jsonValue(), jsonValue(), (value, other) => {
        parseTokenRecord(value);
        parseTokenRecord({ ...record, expiresAt: value, user: other });
        parseTokenRecord({ ...record, issuedAt: value, accessToken: other });
      }),
    );
  });
});

describe('coversScope', () => {
  test.each([
    ['what was asked for', { scope: 'openid', requestedScope: 'openid orders:read' }, true],
    [
      'what was granted without asking',
      { scope: 'openid orders:read', requestedScope: 'openid' },
      true,
    ],
    ['neither', { scope: 'openid', requestedScope: 'openid' }, false],
    ['a part of a name', { scope: 'openid', requestedScope: 'openid orders:read:all' }, false],
    ['what an older version did not keep', {}, true],
  ])('%s', (_what, scopes, expected) => {
    expect(coversScope({ ...record, ...scopes }, 'openid orders:read')).toBe(expected);
  });
});
