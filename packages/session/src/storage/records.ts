import { createStore, get, update } from 'idb-keyval';
import { withDeadline } from '../platform/deadline.js';
import { isAuthError } from '../errors.js';

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
  /** Sets a record, in the page where it can be kept nowhere else. */
  put(key: string, value: unknown): Promise<void>;
  /** Whether the records are there after a reload; known after the first use. */
  readonly isLasting: boolean;
}

/** Opens records that last, or else those of `fallback`; see {@link openRecordStore}. */
export type OpenRecords = (fallback: () => RecordStore) => RecordStore;

/** IndexedDB can hang for good, as Safari's has. A slow disk needs less than this. */
const ANSWER_TIMEOUT_MS = 2_000;

const NO_ANSWER = "The browser's storage did not respond. Try again, or reload the page.";

/** Opens the database. @throws AuthError `timeout` when it does not respond, at once if it has not before */
type OpenDatabase = () => Promise<RecordStore>;

/**
 * Records that last: IndexedDB. Where it cannot be opened or does not respond at first they are in `fallback`, for as
 * long as the page lives once one was written there, so that none is lost when IndexedDB comes back.
 * @param openDatabase from {@link createDatabase}, where several stores share the database
 * @throws AuthError `timeout` when an open database stops responding, at once for the calls that follow until it
 * responds; what else the database throws, such as `QuotaExceededError`
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

  /** Changes records where they are, which from then on is where they stay. */
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

/** Makes the one database of a page, opened at its first use. Stores that share it wait for a silent one only once. */
export function createDatabase(): OpenDatabase {
  let opening: Promise<RecordStore> | undefined;
  return () => {
    if (opening !== undefined) return opening;
    const database = openIndexedDb();
    const attempt = withDeadline(database, ANSWER_TIMEOUT_MS, NO_ANSWER);
    opening = attempt;
    // A slow database is used as soon as it is there.
    database.then(() => (opening = database)).catch(() => {});
    attempt.catch((error: unknown) => {
      // A database that was broken once may work later; what is missing stays missing.
      if (!isMissing(error) && !isAuthError(error)) opening = undefined;
    });
    return attempt;
  };
}

/** No IndexedDB at all, or none for this page, as in a sandbox or some private windows. */
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
  const store = createStore('sesamy-kit', 'records');
  await get('', store);
  let isSilent = false;
  /** Calls that queue behind one without an answer would wait as long again. */
  const withAnswer = async <Result>(start: () => Promise<Result>): Promise<Result> => {
    const work = start();
    const answered = work.finally(() => {
      isSilent = false;
    });
    try {
      return await withDeadline(answered, isSilent ? 0 : ANSWER_TIMEOUT_MS, NO_ANSWER);
    } catch (error) {
      if (isAuthError(error)) isSilent = true;
      throw error;
    }
  };
  return {
    get: (key) => withAnswer(() => get<unknown>(key, store)),
    update: (key, change) => withAnswer(() => update<unknown>(key, change, store)),
    put: (key, value) => withAnswer(() => update<unknown>(key, () => value, store)),
    isLasting: true,
  };
}

/**
 * Opens records that end with the page.
 * @param records where they are kept (default: in this store alone)
 */
export function openMemoryStore(records: Map<string, unknown> = new Map()): RecordStore {
  return {
    get: async (key) => records.get(key),
    update: async (key, change) => void records.set(key, change(records.get(key))),
    put: async (key, value) => void records.set(key, value),
    isLasting: false,
  };
}
