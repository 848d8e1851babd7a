import { isObject } from '../platform/json.js';
import { openMemoryStore, type OpenRecords, type RecordStore } from '../storage/records.js';
import { openTabStore } from '../storage/tab-records.js';

/** A login must be answered within this time. */
const LIFETIME_MS = 10 * 60_000;

/**
 * The login transactions of one session, each under its own `state`, so that logins in two tabs do not meet.
 * All are in one record, which is changed in one step.
 */
export interface LoginTransactions {
  /** Remembers a transaction, and forgets those that are over. Resolves to whether it survives a redirect. */
  add(state: string, value: string): Promise<boolean>;
  /** The transaction, if it is not over. */
  find(state: string): Promise<string | undefined>;
  /** Forgets a transaction whose exchange is over. */
  remove(state: string): Promise<void>;
  /** Forgets all. */
  clear(): Promise<void>;
}

interface Transaction {
  readonly value: string;
  readonly createdAt: number;
}

/**
 * Opens the transactions of the session named by `key`. Where the records cannot keep them they are in
 * sessionStorage, which outlives the redirect, and where that is denied in the page, where a popup's opener needs them.
 */
export function openTransactions(key: string, openRecords: OpenRecords): LoginTransactions {
  const lasting = [openRecords(openTabStore), openTabStore()];
  const page = openMemoryStore();
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

  /** The transactions that can be read there; none where storage fails. */
  const read = async (store: RecordStore): Promise<Map<string, Transaction>> =>
    readLive(await store.get(recordKey).catch(() => undefined));

  const removeIf = async (isGone: (state: string) => boolean): Promise<void> => {
    for (const store of [...lasting, page]) {
      if (![...(await read(store)).keys()].some(isGone)) continue;
      await update(store, (live) =>
        [...live.keys()].filter(isGone).forEach((state) => live.delete(state)),
      ).catch(() => {});
    }
  };

  return {
    async add(state, value) {
      const transaction = { value, createdAt: Date.now() };
      for (const store of [...lasting, page]) {
        const isAdded = await update(store, (live) => live.set(state, transaction)).then(
          () => true,
          () => false,
        );
        if (isAdded) return store !== page;
      }
      return false;
    },
    async find(state) {
      for (const store of [...lasting, page]) {
        const transaction = (await read(store)).get(state);
        if (transaction !== undefined) return transaction.value;
      }
      return undefined;
    },
    remove: (state) => removeIf((known) => known === state),
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
  // A clock that was turned back meanwhile makes an age negative, not endless.
  return typeof createdAt === 'number' && Math.abs(Date.now() - createdAt) < LIFETIME_MS;
}
