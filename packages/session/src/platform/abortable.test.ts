import { expect, test, vi } from 'vitest';
import { abortable } from './abortable.js';
import { AuthError } from '../errors.js';

const forever = (): Promise<never> => new Promise(() => {});

test('abortable waits for the work without a signal', async () => {
  expect(await abortable(Promise.resolve(7), undefined)).toBe(7);
});

test('abortable resolves if the work finishes before the abort', async () => {
  const stop = new AbortController();
  expect(await abortable(Promise.resolve(7), stop.signal)).toBe(7);
  stop.abort();
});

test('abortable rejects with aborted, with the reason as its cause', async () => {
  const stop = new AbortController();
  const waiting = abortable(forever(), stop.signal);
  stop.abort('why');
  await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: 'why', retryable: false });
});

test('abortable rejects immediately for an aborted signal', async () => {
  const reason = new Error('before');
  const waiting = abortable(forever(), AbortSignal.abort(reason));
  await expect(waiting).rejects.toMatchObject({ code: 'aborted', cause: reason });
});

test('aborting one caller does not stop the others', async () => {
  let finish = (_value: number): void => {};
  const work = new Promise<number>((resolve) => (finish = resolve));
  const stop = new AbortController();
  const [stopped, other] = [abortable(work, stop.signal), abortable(work, undefined)];
  stop.abort();
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
  finish(7);
  expect(await other).toBe(7);
});

test('abortable rejects with an AuthError when the work fails', async () => {
  const ours = new AuthError('timeout', '');
  await expect(abortable(Promise.reject(ours), undefined)).rejects.toBe(ours);
  const cause = new TypeError('of the browser');
  await expect(abortable(Promise.reject(cause), undefined)).rejects.toMatchObject({
    code: 'network',
    cause,
  });
});

test('abortable removes its listener from the signal', async () => {
  const { signal } = new AbortController();
  const listeners = new Set<unknown>();
  vi.spyOn(signal, 'addEventListener').mockImplementation((_type, listener) => {
    listeners.add(listener);
  });
  vi.spyOn(signal, 'removeEventListener').mockImplementation((_type, listener) => {
    listeners.delete(listener);
  });
  for (let call = 0; call < 100; call++) await abortable(Promise.resolve(), signal);
  expect(signal.addEventListener).toHaveBeenCalledTimes(100);
  expect(listeners.size).toBe(0);
});
