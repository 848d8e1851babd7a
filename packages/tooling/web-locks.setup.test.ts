// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import './web-locks.setup.js';

/** Takes a lock and holds it until `release` is called. */
function hold(name: string) {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  return { done: navigator.locks.request(name, () => held), release };
}

describe('the stand-in for Web Locks', () => {
  test('the Web Locks stand-in grants a lock to one holder at a time, in request order', async () => {
    const order: number[] = [];
    const first = hold('a');
    const second = navigator.locks.request('a', () => order.push(2));
    const third = navigator.locks.request('a', () => order.push(3));
    await navigator.locks.request('b', () => order.push(1));
    first.release();
    await Promise.all([first.done, second, third]);
    expect(order).toEqual([1, 2, 3]);
  });

  test('the Web Locks stand-in passes null immediately with ifAvailable', async () => {
    const first = hold('c');
    const answer = await navigator.locks.request('c', { ifAvailable: true }, (lock) => lock);
    first.release();
    expect(answer).toBeNull();
  });

  test('the Web Locks stand-in releases a lock after a callback that throws', async () => {
    const failing = navigator.locks.request('d', () => Promise.reject(new Error('failed')));
    await expect(failing).rejects.toThrow('failed');
    const lock = await navigator.locks.request('d', { ifAvailable: true }, (granted) => granted);
    expect(lock?.name).toBe('d');
  });

  test('the Web Locks stand-in stops waiting on abort and grants the lock to the next', async () => {
    const abort = new AbortController();
    const first = hold('e');
    const aborted = navigator.locks.request('e', { signal: abort.signal }, () => 'granted');
    const next = navigator.locks.request('e', () => 'granted');
    abort.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    first.release();
    await expect(next).resolves.toBe('granted');
  });
});
