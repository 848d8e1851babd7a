import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMemoryStore } from './memory-records.js';
import { openRecordStore } from './records.js';
import { openTabStore } from './tab-records.js';
import { DATABASE_NAME } from './traces.js';

beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

const noFallback = (): never => {
  throw new Error('The fallback was not to be opened.');
};

/** Deletes the database as an app does that clears all data of its origin. Rejects if an open page blocks it. */
function deleteDatabase(): Promise<void> {
  return new Promise((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase(DATABASE_NAME);
    deletion.addEventListener('success', () => resolve());
    deletion.addEventListener('blocked', () => reject(new Error('An open page blocks it.')));
  });
}

describe.each([
  ['records in IndexedDB', () => openRecordStore(noFallback)],
  ['records in memory', openMemoryStore],
  ['records in sessionStorage', openTabStore],
])('%s', (_where, open) => {
  test('records start empty', async () => {
    expect(await open().get('a')).toBeUndefined();
  });

  test('records are read as written, each under its key', async () => {
    const store = open();
    const value = { text: 'å', list: [1, null, { deep: true }] };
    await store.update('a', () => value);
    await store.update('b', () => 'other');
    expect(await store.get('a')).toEqual(value);
    expect(await store.get('b')).toBe('other');
  });

  test('records are updated atomically by concurrent changes', async () => {
    const store = open();
    const add = (old: unknown): number => Number(old ?? 0) + 1;
    await Promise.all(Array.from({ length: 100 }, () => store.update('count', add)));
    expect(await store.get('count')).toBe(100);
  });

  test('records are removed by undefined', async () => {
    const store = open();
    await store.update('a', () => 'value');
    await store.update('a', () => undefined);
    expect(await store.get('a')).toBeUndefined();
    await store.update('a', (old) => old ?? 'again');
    expect(await store.get('a')).toBe('again');
  });

  test('records stay unchanged when a change throws', async () => {
    const store = open();
    await store.update('a', () => 'value');
    const failing = store.update('a', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.get('a')).toBe('value');
  });
});

describe('persistence', () => {
  test('records in IndexedDB are read by another tab', async () => {
    await openRecordStore(noFallback).update('a', () => 'value');
    expect(await openRecordStore(noFallback).get('a')).toBe('value');
  });

  test('records in IndexedDB are updated atomically by two tabs', async () => {
    const tabs = [openRecordStore(noFallback), openRecordStore(noFallback)];
    const add = (old: unknown): number => Number(old ?? 0) + 1;
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => tabs[index % 2]!.update('count', add)),
    );
    expect(await tabs[0]!.get('count')).toBe(100);
  });

  test('records in IndexedDB do not block a script that deletes their database, and start empty after it', async () => {
    const store = openRecordStore(noFallback);
    await store.update('a', () => 'value');
    for (const round of ['first', 'second']) {
      await deleteDatabase();
      expect(await store.get('a')).toBeUndefined();
      await store.update('a', () => round);
      expect(await openRecordStore(noFallback).get('a')).toBe(round);
    }
  });

  test('records in sessionStorage survive a redirect', async () => {
    await openTabStore().update('a', () => 'value');
    expect(await openTabStore().get('a')).toBe('value');
  });

  test('records in memory are not shared', async () => {
    await openMemoryStore().update('a', () => 'value');
    expect(await openMemoryStore().get('a')).toBeUndefined();
  });
});

describe('a browser without a working IndexedDB', () => {
  const failingOpen = (fail: (request: { onerror?: () => void; error?: unknown }) => void) => ({
    open() {
      const request: { onerror?: () => void; error?: unknown } = {};
      queueMicrotask(() => fail(request));
      return request;
    },
  });

  test.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    [
      'is denied',
      {
        open() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      },
    ],
    [
      'cannot be opened',
      failingOpen((request) => {
        request.error = new DOMException('private window', 'InvalidStateError');
        request.onerror?.();
      }),
    ],
  ])('records fall back if IndexedDB %s', async (_what, indexedDB) => {
    vi.stubGlobal('indexedDB', indexedDB);
    const fallback = vi.fn<typeof openMemoryStore>(openMemoryStore);
    const store = openRecordStore(fallback);
    await store.update('a', () => 'value');
    expect(await store.get('a')).toBe('value');
    expect(fallback).toHaveBeenCalledOnce();
  });

  test('records stay in the fallback when IndexedDB recovers', async () => {
    const indexedDB = globalThis.indexedDB;
    vi.stubGlobal('indexedDB', undefined);
    const store = openRecordStore(openMemoryStore);
    await store.update('a', () => 'value');
    vi.stubGlobal('indexedDB', indexedDB);
    expect(await store.get('a')).toBe('value');
  });

  test('records open nothing before the first use', () => {
    const open = vi.spyOn(globalThis.indexedDB, 'open');
    openRecordStore(noFallback);
    expect(open).not.toHaveBeenCalled();
  });

  test('records reject if even sessionStorage is denied', async () => {
    vi.stubGlobal('indexedDB', undefined);
    vi.stubGlobal('sessionStorage', undefined);
    await expect(openRecordStore(openTabStore).get('a')).rejects.toThrow(TypeError);
  });
});

describe('a browser whose IndexedDB does not respond', () => {
  const silent = { open: () => ({}) };

  async function overThreeSeconds<Result>(work: Promise<Result>): Promise<Result> {
    await vi.advanceTimersByTimeAsync(3_000);
    return work;
  }

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('records fall back if IndexedDB does not respond', async () => {
    vi.stubGlobal('indexedDB', silent);
    const store = openRecordStore(openMemoryStore);
    await overThreeSeconds(store.put('a', 'value'));
    expect(await store.get('a')).toBe('value');
    expect(store.isLasting).toBe(false);
  });

  test('an open IndexedDB that stops responding rejects with a timeout, immediately at the next call', async () => {
    const store = openRecordStore(noFallback);
    await store.update('a', () => 'value');
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockReturnValue({
      objectStore: () => ({ get: () => ({}), transaction: { db: {} } }),
    } as unknown as IDBTransaction);
    const first = store.get('a').catch((error: unknown) => error);
    expect(await overThreeSeconds(first)).toMatchObject({ code: 'timeout' });
    const second = store.get('a').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(0);
    expect(await second).toMatchObject({ code: 'timeout' });
  });
});

test("a record that exceeds IndexedDB's quota is kept in memory", async () => {
  const store = openRecordStore(openMemoryStore);
  await store.update('a', () => 'old');
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await store.put('a', 'new');
  expect(await store.get('a')).toBe('new');
  expect(store.isLasting).toBe(false);
});
