import { beforeEach, describe, expect, test, vi } from 'vitest';
import { isAuthError } from '../errors.js';
import { holdLock } from '../../test/support/hold-lock.js';
import { withLock } from './refresh.js';

let lockName = '';
let lockCount = 0;
beforeEach(() => {
  lockName = `lock-${lockCount++}`;
});

describe('withLock', () => {
  test("withLock returns the task's result and rethrows its error", async () => {
    expect(await withLock(lockName, async () => 7)).toBe(7);
    const failure = new TypeError('of the task');
    await expect(withLock(lockName, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await withLock(lockName, async () => 'free again')).toBe('free again');
  });

  test('withLock runs one task at a time, in order', async () => {
    const order: number[] = [];
    let running = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        withLock(lockName, async () => {
          expect(++running).toBe(1);
          await Promise.resolve();
          order.push(index);
          running--;
        }),
      ),
    );
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('withLock rejects with a timeout, and does not run the task, if the lock is not released', async () => {
    const free = await holdLock(lockName);
    const task = vi.fn<() => Promise<void>>();
    const error: unknown = await withLock(lockName, task, 20).catch((caught: unknown) => caught);
    expect(isAuthError(error) && error).toMatchObject({ code: 'timeout', retryable: true });
    expect(error).toHaveProperty('message', expect.stringContaining('holds the session'));
    await free();
    await withLock(lockName, async () => {});
    expect(task).not.toHaveBeenCalled();
  });

  test('withLock waits longer than a request may take', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    await withLock(lockName, async () => {});
    expect(timeout).toHaveBeenCalledExactlyOnceWith(25_000);
  });

  test('withLock runs the task immediately without Web Locks', async () => {
    vi.stubGlobal('navigator', {});
    const free = await holdLock(lockName);
    expect(await withLock(lockName, async () => 'at once')).toBe('at once');
    await free();
  });
});

describe('withLock in a browser whose Web Locks do not work', () => {
  const never = (): Promise<never> => new Promise(() => {});
  const denied = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };

  test.each<[string, object]>([
    ['are null', { locks: null }],
    [
      'are denied',
      {
        get locks() {
          return denied();
        },
      },
    ],
    ['throw', { locks: { request: denied } }],
    ['reject with SecurityError', { locks: { request: async () => denied() } }],
    ['return nothing', { locks: { request: () => undefined } }],
    ['never respond', { locks: { request: never, query: never } }],
    [
      'never grant a lock that no tab holds',
      { locks: { request: never, query: async () => ({}) } },
    ],
  ])('withLock runs the task once if Web Locks %s', async (_what, navigator) => {
    vi.stubGlobal('navigator', navigator);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const task = vi.fn<() => Promise<string>>(async () => 'done');
    const result = withLock(lockName, task);
    await vi.advanceTimersByTimeAsync(3_000);
    vi.useRealTimers();
    expect(await result).toBe('done');
    expect(task).toHaveBeenCalledOnce();
  });

  test('withLock waits while another tab holds the lock', async () => {
    const free = await holdLock(lockName);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const task = vi.fn<() => Promise<string>>(async () => 'done');
    const result = withLock(lockName, task);
    await vi.advanceTimersByTimeAsync(3_000);
    vi.useRealTimers();
    expect(task).not.toHaveBeenCalled();
    await free();
    expect(await result).toBe('done');
  });
});
