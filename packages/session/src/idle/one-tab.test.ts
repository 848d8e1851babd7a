import { expect, test, vi } from 'vitest';
import { runInOneTab } from './one-tab.js';

test('of two tasks of one name that start together, one runs', async () => {
  const task = vi.fn<() => Promise<void>>(async () => {});
  await Promise.all([runInOneTab('a-name', task), runInOneTab('a-name', task)]);
  expect(task).toHaveBeenCalledOnce();
});

test('tasks of different names run side by side', async () => {
  const task = vi.fn<() => Promise<void>>(async () => {});
  await Promise.all([runInOneTab('a-name', task), runInOneTab('another', task)]);
  expect(task).toHaveBeenCalledTimes(2);
});

test('a task whose earlier run has failed runs again', async () => {
  const error = new Error('An example.');
  await expect(runInOneTab('a-name', () => Promise.reject(error))).rejects.toBe(error);
  const task = vi.fn<() => Promise<void>>(async () => {});
  await runInOneTab('a-name', task);
  expect(task).toHaveBeenCalledOnce();
});

test.each([
  ['missing', {}],
  ['null, as in happy-dom', { locks: null }],
  ['denied', { locks: { request: () => Promise.reject(new Error('Denied.')) } }],
])('a task runs where Web Locks are %s', async (_case, navigator) => {
  vi.stubGlobal('navigator', navigator);
  const task = vi.fn<() => Promise<void>>(async () => {});
  await runInOneTab('a-name', task);
  expect(task).toHaveBeenCalledOnce();
});
