import { withDeadline } from '../platform/deadline.js';
import { isObject } from '../platform/json.js';
import { openMemoryStore } from '../storage/memory-records.js';
import type { OpenRecords, RecordStore } from '../storage/records.js';
import { openTabStore } from '../storage/tab-records.js';

/** A login must be completed within this time. */
const LIFETIME_MS = 10 * 60_000;

/** A login waits this long for its database: without it, the login can be completed in its own tab only. */
const DATABASE_TIMEOUT_MS = 1_000;

/**
 * The login transactions of one session, each under its own `state`, so that logins in two tabs do not interfere.
 * All are in one record, which is updated atomically.
 */
export interface LoginTransactions {
  /** Stores a transaction, and removes expired ones. Resolves to whether it survives a redirect. */
  add(state: string, value: string, options?: AddOptions): Promise<boolean>;
  /** Resolves to the transaction, if it has not expired. */
  find(state: string): Promise<string | undefined>;
  /** Removes a completed transaction. */
  remove(state: string): Promise<void>;
  /** Removes all transactions. */
  clear(): Promise<void>;
}

/** Options of {@link LoginTransactions.add}. */
export interface AddOptions {
  /** The page is about to leave: a copy in this tab suffices if the records do not respond in time. */
  readonly isLeaving?: boolean | undefined;
}

interface Transaction {
  readonly value: string;
  readonly createdAt: number;
}

/**
 * Opens the transactions of the session named by `key`. If the records cannot keep them, they are in sessionStorage,
 * which survives the redirect; if that is denied, they are in memory, which suffices for a popup's opener.
 */
export function openTransactions(key: string, openRecords: OpenRecords): LoginTransactions {
  const records = openRecords(openTabStore);
  const tab = openTabStore();
  const page = openMemoryStore();
  const stores = [records, tab, page];
  const recordKey = `${key}/logins`;

  const update = (
    store: RecordStore,
    change: (live: Map<string, Transaction>) => void,
  ): Promise<void> =>
    store.update(recordKey, (stored) => {
      const live = readLive(stored);
      change(live);
      return Object.fromEntries(live);
    });

  /** Resolves to the store's transactions; to none if storage fails. */
  const read = async (store: RecordStore): Promise<Map<string, Transaction>> =>
    readLive(await store.get(recordKey).catch(() => undefined));

  const removeIf = async (isGone: (state: string) => boolean): Promise<void> => {
    for (const store of stores) {
      if (![...(await read(store)).keys()].some(isGone)) continue;
      await update(store, (live) =>
        [...live.keys()].filter(isGone).forEach((state) => live.delete(state)),
      ).catch(() => {});
    }
  };

  return {
    async add(state, value, { isLeaving = false } = {}) {
      const transaction = { value, createdAt: Date.now() };
      const addTo = (store: RecordStore): Promise<boolean> =>
        update(store, (live) => live.set(state, transaction)).then(
          () => true,
          () => false,
        );
      const moveToRecords = async (): Promise<void> => {
        // A copy that stays in the tab could be used again in a duplicate of the tab.
        const isMoved = (await addTo(records)) && records.isLasting;
        if (isMoved) await update(tab, (live) => live.delete(state)).catch(() => {});
      };
      // The page's unload would abort the write, and a link in an e-mail opens another tab.
      if (isLeaving && (await addTo(tab))) {
        await withDeadline(moveToRecords(), DATABASE_TIMEOUT_MS).catch(() => {});
        return true;
      }
      if ((await addTo(records)) || (await addTo(tab))) return true;
      await addTo(page);
      return false;
    },
    async find(state) {
      for (const store of stores) {
        const transaction = (await read(store)).get(state);
        if (transaction !== undefined) return transaction.value;
      }
      return undefined;
    },
    remove: (state) => removeIf((other) => other === state),
    clear: () => removeIf(() => true),
  };
}

function readLive(stored: unknown): Map<string, Transaction> {
  const entries = isObject(stored) ? Object.entries(stored) : [];
  return new Map(
    entries.flatMap(([state, transaction]): [string, Transaction][] =>
      isLive(transaction) ? [[state, transaction]] : [],
    ),
  );
}

function isLive(value: unknown): value is Transaction {
  if (!isObject(value) || typeof value['value'] !== 'string') return false;
  const { createdAt } = value;
  // If the clock was set back meanwhile, the age is negative.
  return typeof createdAt === 'number' && Math.abs(Date.now() - createdAt) < LIFETIME_MS;
}
