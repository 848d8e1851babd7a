import { expect, test, vi } from 'vitest';
import { loadOnce } from './load-once.js';

test('loadOnce loads once for all callers', async () => {
  const load = vi.fn<() => Promise<object>>(async () => ({}));
  const get = loadOnce(load);
  const [one, other] = await Promise.all([get(), get()]);
  expect(one).toBe(other);
  expect(await get()).toBe(one);
  expect(load).toHaveBeenCalledOnce();
});

test('loadOnce retries a failed load at the next call', async () => {
  const load = vi.fn<() => Promise<string>>();
  load.mockRejectedValueOnce(new Error('offline')).mockResolvedValueOnce('loaded');
  const get = loadOnce(load);
  await expect(get()).rejects.toThrow('offline');
  expect(await get()).toBe('loaded');
});
