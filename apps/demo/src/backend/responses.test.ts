import { describe, expect, test } from 'vitest';
import { isMe, isPublishers } from './responses.js';

const me = { subject: 'email|ada', permissions: ['publishers:read'], expiresAt: 1_700_000_000_000 };

describe('a response of /api/me', () => {
  test('a response of /api/me is valid with or without permissions', () => {
    expect([me, { ...me, permissions: [] }].map(isMe)).toEqual([true, true]);
  });

  test.each([
    ['nothing', null],
    ['a text', 'ada'],
    ['no user', { ...me, subject: undefined }],
    ['permissions in one text', { ...me, permissions: 'publishers:read' }],
    ['permissions that are no texts', { ...me, permissions: [1] }],
    ['no end', { ...me, expiresAt: '2026-11-21' }],
  ])('a response of /api/me is invalid with %s', (_what, response) => {
    expect(isMe(response)).toBe(false);
  });
});

describe('a response of /api/publishers', () => {
  test('a response of /api/publishers is a list, which may be empty', () => {
    expect([[], [{ id: 'publisher', name: 'The Daily Sample' }]].map(isPublishers)).toEqual([
      true,
      true,
    ]);
  });

  test.each([
    ['nothing', null],
    ['an error', { error: 'server_error' }],
    ['an entry without a name', [{ id: 'publisher' }]],
    ['an empty entry', [null]],
  ])('a response of /api/publishers is invalid with %s', (_what, response) => {
    expect(isPublishers(response)).toBe(false);
  });
});
