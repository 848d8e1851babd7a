import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readRetryAfter } from './retry-after.js';

const response = (retryAfter?: string): Response =>
  new Response(null, retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } });

describe('the time that a server requests to wait', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test.each<[string, string | undefined, unknown, number | undefined]>([
    ['seconds in the header', '7', null, 7],
    ['a date in the header', 'Thu, 01 Jan 2026 00:01:00 GMT', null, 60],
    ['a date in the past', 'Wed, 31 Dec 2025 00:00:00 GMT', null, 0],
    ['negative seconds', '-3', null, 0],
    ['text in the header', 'soon', null, undefined],
    ['an infinite number', 'Infinity', null, undefined],
    ['a number in the body', undefined, { retry_after: 5 }, 5],
    ["a string in the body's error", undefined, { error: { retry_after: '5' } }, 5],
    ['an object in the body', undefined, { retry_after: {} }, undefined],
    ['the header before the body', '7', { retry_after: 5 }, 7],
    ['neither', undefined, null, undefined],
  ])('reads %s', (_what, header, body, seconds) => {
    expect(readRetryAfter(response(header), body)).toBe(seconds);
  });

  test('is a finite number of seconds or undefined for any body', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const seconds = readRetryAfter(response(), body) ?? 0;
        expect(Number.isFinite(seconds) && seconds >= 0).toBe(true);
      }),
    );
  });
});
