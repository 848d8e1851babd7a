import { createStore, get, update } from 'idb-keyval';

/**
 * Keyed records that every tab sees in the order in which they were written.
 *
 * Only IndexedDB gives that: each tab's process has its own copy of localStorage, and a Web Lock is
 * granted faster than the copies are brought up to date, so "lock, read, write" on localStorage loses writes.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** Replaces a record by what `change` makes of it, `undefined` for none. Resolves when all tabs can read it. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>;
}

/** See {@link openRecordStore}; handed over to code that is loaded on demand. */
export type OpenRecords = (fallback: () => RecordStore) => RecordStore;

/**
 * Records that last: IndexedDB, or where the browser has none, `fallback`.
 * The choice is made at the first use and holds for the page.
 */
export function openRecordStore(fallback: () => RecordStore): RecordStore {
  let opened: Promise<RecordStore> | undefined;
  const open = (): Promise<RecordStore> => (opened ??= openIndexedDb().catch(fallback));
  return {
    get: async (key) => (await open()).get(key),
    update: async (key, change) => (await open()).update(key, change),
  };
}

async function openIndexedDb(): Promise<RecordStore> {
  const store = createStore('sesamy-kit', 'records');
  await get('', store);
  return {
    get: (key) => get<unknown>(key, store),
    update: (key, change) => update<unknown>(key, change, store),
  };
}

/** Records that this page alone holds and that end with it. */
export function openMemoryStore(): RecordStore {
  const records = new Map<string, unknown>();
  return {
    get: async (key) => records.get(key),
    update: async (key, change) => void records.set(key, change(records.get(key))),
  };
}
