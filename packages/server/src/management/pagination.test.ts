import { describe, expect, test } from 'vitest';
import { firstQuery, readPage } from './pagination.js';
import type { Query } from './pagination.js';

describe('a page', () => {
  test.each<[string, unknown, Query, Query | undefined]>([
    ['a full bare array', [1, 2], { limit: 2 }, { limit: 2, offset: 2 }],
    ['a full bare array further on', [1, 2], { limit: 2, offset: 4 }, { limit: 2, offset: 6 }],
    ['a short bare array', [1], { limit: 2 }, undefined],
    ['an empty array', [], { limit: 2 }, undefined],
    ['more than was requested', [1, 2, 3], { limit: 2 }, undefined],
    ['a full array paged by from', [1, 2], { limit: 2, from: 2 }, { limit: 2, from: 4 }],
    ['a full array paged by page', [1, 2], { per_page: 2, page: 0 }, { per_page: 2, page: 1 }],
    ['data alone', { data: [1, 2] }, { limit: 2 }, { limit: 2, offset: 2 }],
    ['a named list', { users: [1] }, { limit: 1 }, { limit: 1, offset: 1 }],
    [
      'total not reached',
      { data: [1], pagination: { total: 3, limit: 1, offset: 1 } },
      { limit: 9 },
      { limit: 9, offset: 2 },
    ],
    [
      'total reached',
      { data: [1], pagination: { total: 3, limit: 1, offset: 2 } },
      { limit: 1 },
      undefined,
    ],
    [
      'hasMore',
      { data: [1], pagination: { hasMore: true } },
      { limit: 9, offset: 3 },
      { limit: 9, offset: 4 },
    ],
    [
      'has_more false on a full page',
      { data: [1], pagination: { has_more: false } },
      { limit: 1 },
      undefined,
    ],
    [
      'a server that caps the limit',
      { data: [1], pagination: { limit: 1, offset: 0 } },
      { limit: 9 },
      { limit: 9, offset: 1 },
    ],
    [
      'Auth0 totals, more to come',
      { users: [1], start: 0, limit: 1, total: 2 },
      { per_page: 1, page: 0 },
      { per_page: 1, page: 1 },
    ],
    [
      'Auth0 totals, the last',
      { users: [1], start: 1, limit: 1, total: 2 },
      { per_page: 1, page: 1 },
      undefined,
    ],
    ['a cursor', { users: [1], next: 'abc' }, { take: 1 }, { take: 1, from: 'abc' }],
    ['no cursor any more', { users: [1] }, { take: 1, from: 'abc' }, undefined],
  ])('a page can be %s', (_, body, query, next) => {
    expect(readPage(body, query)?.next).toEqual(next);
  });

  test.each([undefined, null, 'text', 7, {}, { id: 'one' }, { a: [1], b: [2] }])(
    '%o is not a page',
    (body) => {
      expect(readPage(body, {})).toBeUndefined();
    },
  );

  test('a page has the total where the API returns one', () => {
    expect(readPage({ data: [1], pagination: { total: 5 } }, {})).toMatchObject({
      items: [1],
      total: 5,
    });
  });
});

test('the first query has a limit unless the caller pages differently', () => {
  expect(firstQuery({})).toEqual({ limit: 100 });
  expect(firstQuery({ limit: 5, search: 'ada' })).toEqual({ limit: 5, search: 'ada' });
  expect(firstQuery({ per_page: 50 })).toEqual({ per_page: 50 });
});
