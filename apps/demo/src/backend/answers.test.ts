import { describe, expect, test } from 'vitest';
import { isMe, isPublishers } from './answers.js';

const me = { subject: 'email|ada', permissions: ['publishers:read'], expiresAt: 1_700_000_000_000 };

describe('an answer about the reader', () => {
  test('is taken with or without permissions', () => {
    expect([me, { ...me, permissions: [] }].map(isMe)).toEqual([true, true]);
  });

  test.each([
    ['nothing', null],
    ['a text', 'ada'],
    ['no reader', { ...me, subject: undefined }],
    ['permissions in one text', { ...me, permissions: 'publishers:read' }],
    ['permissions that are no texts', { ...me, permissions: [1] }],
    ['no end', { ...me, expiresAt: '2026-11-21' }],
  ])('is refused with %s', (_what, answer) => {
    expect(isMe(answer)).toBe(false);
  });
});

describe('an answer about publishers', () => {
  test('is a list, which may be empty', () => {
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
  ])('is refused with %s', (_what, answer) => {
    expect(isPublishers(answer)).toBe(false);
  });
});
