import { expect, test, vi } from 'vitest';
import { loadOnce } from './load-once.js';

test('callers share what was loaded once', async () => {
  const load = vi.fn<() => Promise<object>>(async () => ({}));
  const get = loadOnce(load);
  const [one, other] = await Promise.all([get(), get()]);
  expect(one).toBe(other);
  expect(await get()).toBe(one);
  expect(load).toHaveBeenCalledOnce();
});

test('what failed is tried again by the next caller', async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new Error('offline')).mockResolvedValueOnce('loaded');
  const get = loadOnce(load);
  await expect(get()).rejects.toThrow('offline');
  expect(await get()).toBe('loaded');
});
