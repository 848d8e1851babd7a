import { isObject } from './json.js';
import type { OpenRecords } from './storage/records.js';
import { openTabStore } from './storage/tab-records.js';

/** A login must be answered within this time. */
const LIFETIME_MS = 10 * 60_000;

/**
 * The login transactions of one session, each under its own `state`, so that logins in two tabs do not meet.
 * All are in one record, which is changed in one step.
 */
export interface LoginTransactions {
  /** Remembers a transaction, and forgets those that are over. */
  add(state: string, value: string): Promise<void>;
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
 * Opens the transactions of the session named by `key`. Without IndexedDB they are in sessionStorage, which
 * outlives the redirect.
 */
export function openTransactions(key: string, openRecords: OpenRecords): LoginTransactions {
  const records = openRecords(openTabStore);
  const recordKey = `${key}/logins`;
  const update = (change: (live: Map<string, Transaction>) => void): Promise<void> =>
    records.update(recordKey, (stored) => {
      const live = readLive(stored);
      change(live);
      return Object.fromEntries(live);
    });
  return {
    add: (state, value) => update((live) => live.set(state, { value, createdAt: Date.now() })),
    find: async (state) => readLive(await records.get(recordKey)).get(state)?.value,
    remove: (state) => update((live) => live.delete(state)),
    clear: () => update((live) => live.clear()),
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
