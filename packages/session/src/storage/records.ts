import { createStore, get, update, type UseStore } from 'idb-keyval';
import { withDeadline } from '../platform/deadline.js';
import { isAuthError } from '../errors.js';
import { DATABASE_NAME, STORE_NAME } from './traces.js';

/**
 * Keyed records that every tab reads in the order in which they were written.
 *
 * Only IndexedDB guarantees that: each tab's process has its own copy of localStorage, and a Web Lock is granted before
 * the copies are synchronized, so "lock, read, write" on localStorage loses writes.
 */
export interface RecordStore {
  get(key: string): Promise<unknown>;
  /** Replaces a record by the result of `change`; `undefined` removes it. Resolves when all tabs can read it. */
  update(key: string, change: (old: unknown) => unknown): Promise<void>;
  /** Sets a record, in memory if it cannot be stored. */
  put(key: string, value: unknown): Promise<void>;
  /** Whether the records survive a reload; known after the first use. */
  readonly isLasting: boolean;
}

/** Opens lasting records, or else those of `fallback`; see {@link openRecordStore}. */
export type OpenRecords = (fallback: () => RecordStore) => RecordStore;

/** IndexedDB can hang forever, as it did in Safari. A slow disk needs less than this. */
const RESPONSE_TIMEOUT_MS = 2_000;

const NO_RESPONSE = "The browser's storage did not respond. Try again, or reload the page.";

/** Opens the database. @throws AuthError `timeout` when it does not respond, immediately if it did not before */
type OpenDatabase = () => Promise<RecordStore>;

/**
 * Opens records in IndexedDB. If it cannot be opened or does not respond at first, they are in `fallback`; once one was
 * written there, they stay there for the life of the page, so that none is lost when IndexedDB recovers.
 * @param openDatabase from {@link createDatabase}, if several stores share the database
 * @throws AuthError `timeout` when an open database stops responding, immediately for further calls until it responds;
 * any other error of the database, e.g. `QuotaExceededError`
 */
export function openRecordStore(
  fallback: () => RecordStore,
  openDatabase: OpenDatabase = createDatabase(),
): RecordStore {
  let opened: RecordStore | undefined;
  let spare: RecordStore | undefined;
  let pinned: RecordStore | undefined;

  async function open(): Promise<RecordStore> {
    opened = pinned ?? (await openDatabase().catch(() => (spare ??= fallback())));
    return opened;
  }

  /** Changes records in their store, and keeps using that store from then on. */
  async function write(
    store: RecordStore,
    task: (store: RecordStore) => Promise<void>,
  ): Promise<void> {
    await task(store);
    if (store === spare) opened = pinned = spare;
  }

  return {
    get: async (key) => (await open()).get(key),
    update: async (key, change) => write(await open(), (store) => store.update(key, change)),
    async put(key, value) {
      const put = (store: RecordStore): Promise<void> => store.put(key, value);
      const store = await open();
      await write(store, put).catch(() => write((spare ??= fallback()), put));
    },
    get isLasting() {
      return opened?.isLasting === true;
    },
  };
}

/** Creates the database of a page, opened at first use. Stores that share it wait only once if it does not respond. */
export function createDatabase(): OpenDatabase {
  let opening: Promise<RecordStore> | undefined;
  return () => {
    if (opening !== undefined) return opening;
    const database = openIndexedDb();
    const attempt = withDeadline(database, RESPONSE_TIMEOUT_MS, NO_RESPONSE);
    opening = attempt;
    // A slow database is used as soon as it opens.
    database.then(() => (opening = database)).catch(() => {});
    attempt.catch((error: unknown) => {
      // A database that failed once may work later; a missing one stays missing.
      if (!isMissing(error) && !isAuthError(error)) opening = undefined;
    });
    return attempt;
  };
}

/** Whether there is no IndexedDB, or none for this page, as in a sandbox or some private windows. */
function isMissing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'SecurityError' || name === 'InvalidStateError' || !hasIndexedDb();
}

function hasIndexedDb(): boolean {
  try {
    return Boolean(globalThis.indexedDB);
  } catch {
    return false;
  }
}

async function openIndexedDb(): Promise<RecordStore> {
  const store = createYieldingStore();
  await get('', store);
  let isStalled = false;
  /** Rejects when the database does not respond; immediately for further calls, which would wait as long again. */
  const withTimeout = async <Result>(start: () => Promise<Result>): Promise<Result> => {
    const work = start();
    const settled = work.finally(() => {
      isStalled = false;
    });
    try {
      return await withDeadline(settled, isStalled ? 0 : RESPONSE_TIMEOUT_MS, NO_RESPONSE);
    } catch (error) {
      if (isAuthError(error)) isStalled = true;
      throw error;
    }
  };
  return {
    get: (key) => withTimeout(() => get<unknown>(key, store)),
    update: (key, change) => withTimeout(() => update<unknown>(key, change, store)),
    put: (key, value) => withTimeout(() => update<unknown>(key, () => value, store)),
    isLasting: true,
  };
}

/**
 * Creates the store, which is opened again at its next use after a script has deleted the database, e.g. to clear all
 * data of the origin. A connection that stayed open would block that script, and then every page that opens the database.
 */
function createYieldingStore(): UseStore {
  let current = createStore(DATABASE_NAME, STORE_NAME);
  return (mode, callback) =>
    current(mode, (records) => {
      const { db } = records.transaction;
      db.onversionchange ??= () => {
        db.close();
        current = createStore(DATABASE_NAME, STORE_NAME);
      };
      return callback(records);
    });
}
