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
    ['at its issue', 0, 10, true],
    ['half-way', 30 * minuteMs, 10, true],
    ['just before its last seconds', 60 * minuteMs - 10_001, 10, true],
    ['in its last seconds', 60 * minuteMs - 10_000, 10, false],
    ['in its last seconds without a minimum validity', 60 * minuteMs - 1, 0, true],
    ['at its end', 60 * minuteMs, 0, false],
    ['after its end', 61 * minuteMs, 0, false],
    ['with a minimum validity beyond its lifetime', 0, 3600, false],
    ['with a minimum validity just below its lifetime', 0, 3599, true],
    ['on a clock corrected by a minute', -minuteMs, 10, true],
    ['on a clock set back further', -minuteMs - 1, 10, false],
    ['on a clock set back by a year', -365 * 24 * 60 * minuteMs, 10, false],
    ['on a clock set forward by a year', 365 * 24 * 60 * minuteMs, 10, false],
  ])('isFresh for a token %s', (_when, elapsedMs, minValiditySeconds, expected) => {
    expect(isFresh(record, issuedAt + elapsedMs, minValiditySeconds)).toBe(expected);
  });

  test('isFresh is false for a clock that is not a number', () => {
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
  ])('refreshDueAt of a token that lives %d ms (random %d) is %d ms', (lifeMs, random, dueMs) => {
    expect(refreshDueAt({ ...record, expiresAt: issuedAt + lifeMs }, random)).toBe(
      issuedAt + dueMs,
    );
  });

  test('refreshDueAt is always before the expiry and never immediate', () => {
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
  test('parseTokenRecord returns a written record', () => {
    expect(parseTokenRecord(structuredClone(record))).toEqual(record);
    expect(parseTokenRecord({ ...record, refreshToken: undefined })).toEqual({
      ...record,
      refreshToken: undefined,
    });
  });

  test('parseTokenRecord drops unknown fields', () => {
    expect(parseTokenRecord({ ...record, secret: 's' })).toEqual(record);
  });

  test.each([undefined, null, '', 'text', 7, [], [record], {}])(
    'parseTokenRecord(%j) returns null',
    (value) => {
      expect(parseTokenRecord(value)).toBeNull();
    },
  );

  test.each<[string, object]>([
    ['an id', { id: undefined }],
    ['an access token', { accessToken: undefined }],
    ['a non-empty access token', { accessToken: '' }],
    ['an access token that is a string', { accessToken: 7 }],
    ['a user', { user: undefined }],
    ['a user with a sub', { user: { name: 'Ada' } }],
    ['a user whose sub is a string', { user: { sub: 7 } }],
    ['issuedAt', { issuedAt: undefined }],
    ['expiresAt', { expiresAt: undefined }],
    ['a numeric issuedAt', { issuedAt: String(issuedAt) }],
    ['a numeric expiresAt', { expiresAt: String(issuedAt + 1) }],
    ['an issuedAt other than NaN', { issuedAt: Number.NaN }],
    ['an expiresAt other than NaN', { expiresAt: Number.NaN }],
    ['an expiresAt after issuedAt', { expiresAt: issuedAt }],
  ])('parseTokenRecord requires %s', (_what, change) => {
    expect(parseTokenRecord({ ...record, ...change })).toBeNull();
  });

  test.each(['', 7, null, {}])('parseTokenRecord ignores the refresh token %j', (refreshToken) => {
    expect(parseTokenRecord({ ...record, refreshToken })?.refreshToken).toBeUndefined();
  });

  test('parseTokenRecord returns a record or null, whatever is stored', () => {
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
    ['a requested scope', { scope: 'openid', requestedScope: 'openid orders:read' }, true],
    [
      'a scope granted without a request',
      { scope: 'openid orders:read', requestedScope: 'openid' },
      true,
    ],
    ['a scope neither requested nor granted', { scope: 'openid', requestedScope: 'openid' }, false],
    [
      "a part of a scope's name",
      { scope: 'openid', requestedScope: 'openid orders:read:all' },
      false,
    ],
    ['a record of an older version', {}, true],
  ])('coversScope for %s', (_what, scopes, expected) => {
    expect(coversScope({ ...record, ...scopes }, 'openid orders:read')).toBe(expected);
  });
});
