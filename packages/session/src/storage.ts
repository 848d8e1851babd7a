import { createStore, del, entries, get, set } from 'idb-keyval';
import { parseJson } from './json.js';
import { isUser, type User } from './user.js';

/**
 * Keyed records that every tab sees in the order in which they were written.
 *
 * Only IndexedDB gives that: each tab's process has its own copy of localStorage, and a Web Lock is
 * granted faster than the copies are brought up to date, so "lock, read, write" on localStorage loses writes.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** Resolves when the record is in the database for all tabs. */
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  entries(): Promise<[key: string, value: unknown][]>;
}

const DATABASE = 'sesamy-kit';

/**
 * Records that last: IndexedDB, or where the browser has none, `fallback`.
 * The choice is made at the first use and holds for the page.
 */
export function openRecordStore(fallback: () => RecordStore): RecordStore {
  let opened: Promise<RecordStore> | undefined;
  const open = (): Promise<RecordStore> => (opened ??= openIndexedDb().catch(fallback));
  return {
    get: async (key) => (await open()).get(key),
    set: async (key, value) => (await open()).set(key, value),
    delete: async (key) => (await open()).delete(key),
    entries: async () => (await open()).entries(),
  };
}

async function openIndexedDb(): Promise<RecordStore> {
  const store = createStore(DATABASE, 'records');
  const records: RecordStore = {
    get: (key) => get<unknown>(key, store),
    set: (key, value) => set(key, value, store),
    delete: (key) => del(key, store),
    entries: () => entries<string, unknown>(store),
  };
  await records.get('');
  return records;
}

/** Records that this page alone holds and that end with it. */
export function openMemoryStore(): RecordStore {
  const records = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(records.get(key)),
    set: (key, value) => Promise.resolve(void records.set(key, value)),
    delete: (key) => Promise.resolve(void records.delete(key)),
    entries: () => Promise.resolve([...records]),
  };
}

/**
 * Records that outlive a redirect but not the tab. For login transactions only: a duplicated tab
 * gets a copy of them, which would trip the reuse detection of a refresh token.
 */
export function openTabStore(): RecordStore {
  const prefix = `${DATABASE}/`;
  const read = (key: string): unknown => parseJson(sessionStorage.getItem(prefix + key));
  return {
    get: (key) => attempt(() => read(key)),
    set: (key, value) => attempt(() => sessionStorage.setItem(prefix + key, JSON.stringify(value))),
    delete: (key) => attempt(() => sessionStorage.removeItem(prefix + key)),
    entries: () =>
      attempt(() =>
        Object.keys(sessionStorage)
          .filter((name) => name.startsWith(prefix))
          .map((name) => name.slice(prefix.length))
          .map((key): [string, unknown] => [key, read(key)]),
      ),
  };
}

async function attempt<Value>(action: () => Value): Promise<Value> {
  return action();
}

/**
 * The user to show in the very first render, before any record can be read: claims only, no token.
 * Storage that is blocked, full or tampered with counts as empty.
 */
export function readSnapshot(key: string): User | null {
  try {
    const user: unknown = parseJson(localStorage.getItem(key));
    return isUser(user) ? user : null;
  } catch {
    return null;
  }
}

/** Remembers the user for the first render of the next page load; `null` forgets. */
export function writeSnapshot(key: string, user: User | null): void {
  try {
    if (user === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(user));
  } catch {
    // A page without it starts as `initializing`, which is slower but right.
  }
}
