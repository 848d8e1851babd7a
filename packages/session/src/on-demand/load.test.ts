import { afterEach, expect, test, vi } from 'vitest';
import { isAuthError } from '../errors.js';
import { load } from './load.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const failureOf = (loading: Promise<unknown>): Promise<unknown> =>
  loading.then(
    () => null,
    (error: unknown) => error,
  );

test('a failed import is chunk_load_failed, which is not retryable', async () => {
  const cause = new TypeError('Importing a module script failed.');
  const error = await failureOf(load(() => Promise.reject(cause)));
  expect(error).toMatchObject({ code: 'chunk_load_failed', retryable: false, cause });
  expect(isAuthError(error) && error.message).toMatch(/reload/);
});

test('an import suppressed by a vite:preloadError listener is chunk_load_failed', async () => {
  const loading = load(() => Promise.resolve(undefined));
  expect(await failureOf(loading)).toMatchObject({ code: 'chunk_load_failed' });
});

test('a failed import is retried by the next call', async () => {
  const importChunk = vi.fn<() => Promise<{ answer: number }>>();
  importChunk
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockResolvedValue({ answer: 42 });
  await failureOf(load(importChunk));
  expect(await load(importChunk)).toEqual({ answer: 42 });
});

test('an import while offline is a retryable network error', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const importChunk = vi.fn<() => Promise<object>>();
  expect(await failureOf(load(importChunk))).toMatchObject({ code: 'network', retryable: true });
  expect(importChunk).not.toHaveBeenCalled();
});

test('an import from this machine is tried while offline, where it may succeed', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  vi.spyOn(location, 'hostname', 'get').mockReturnValue('localhost');
  expect(await load(async () => ({ answer: 42 }))).toEqual({ answer: 42 });
  const error = await failureOf(load(() => Promise.reject(new TypeError('Failed to fetch'))));
  expect(error).toMatchObject({ code: 'network', retryable: true });
});

test('an import that stalls is a timeout after ten seconds', async () => {
  vi.useFakeTimers();
  const failed = failureOf(load(() => new Promise<object>(() => {})));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await failed).toMatchObject({ code: 'timeout', retryable: true });
});
