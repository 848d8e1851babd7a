import { describe, expect, test } from 'vitest';
import { withDeadline } from './deadline.js';
import { parseUrl } from './parse-url.js';

describe('withDeadline', () => {
  test('withDeadline settles as the work does', async () => {
    expect(await withDeadline(Promise.resolve(7), 1_000, 'late')).toBe(7);
    const failure = new TypeError('of the work');
    await expect(withDeadline(Promise.reject(failure), 1_000, 'late')).rejects.toBe(failure);
  });

  test('withDeadline rejects with a typed error when the work never ends', async () => {
    const work = withDeadline(new Promise(() => {}), 1, 'It did not respond.');
    await expect(work).rejects.toMatchObject({ code: 'timeout', message: 'It did not respond.' });
  });
});

test.each([
  ['https://a.test/b', undefined, 'https://a.test/b'],
  ['/b', 'https://a.test', 'https://a.test/b'],
  ['/b', undefined, undefined],
  ['https://', 'https://a.test', undefined],
])('parseUrl(%j, %j) is %j', (value, base, expected) => {
  expect(parseUrl(value, base)?.href).toBe(expected);
});
