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
  /** Whether the records are there after a reload; known after the first use. */
  readonly isLasting: boolean;
}

/** Opens records that last, or else those of `fallback`; see {@link openRecordStore}. */
export type OpenRecords = (fallback: () => RecordStore) => RecordStore;

/**
 * Records that last: IndexedDB, or where the browser has or allows none, `fallback` for as long as the page lives.
 * Any other failure is thrown, and the next call tries again.
 */
export function openRecordStore(fallback: () => RecordStore): RecordStore {
  let opening: Promise<RecordStore> | undefined;
  let opened: RecordStore | undefined;

  const open = async (): Promise<RecordStore> => {
    try {
      return (opened = await (opening ??= openIndexedDb()));
    } catch (error) {
      opening = undefined;
      if (!isMissing(error)) throw error;
      opened = fallback();
      opening = Promise.resolve(opened);
      return opened;
    }
  };

  return {
    get: async (key) => (await open()).get(key),
    update: async (key, change) => (await open()).update(key, change),
    get isLasting() {
      return opened?.isLasting === true;
    },
  };
}

/** No IndexedDB at all, or none for this page, as in a sandbox or some private windows. */
function isMissing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return !globalThis.indexedDB || name === 'SecurityError' || name === 'InvalidStateError';
}

async function openIndexedDb(): Promise<RecordStore> {
  const store = createStore('sesamy-kit', 'records');
  await get('', store);
  return {
    get: (key) => get<unknown>(key, store),
    update: (key, change) => update<unknown>(key, change, store),
    isLasting: true,
  };
}

/** Records that this page alone holds and that end with it. */
export function openMemoryStore(): RecordStore {
  const records = new Map<string, unknown>();
  return {
    get: async (key) => records.get(key),
    update: async (key, change) => void records.set(key, change(records.get(key))),
    isLasting: false,
  };
}
