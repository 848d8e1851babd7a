import type { StateStore } from 'oidc-client-ts';
import { isObject } from '../json.js';
import type { RecordStore } from '../storage.js';

/** A login must be answered within this time. */
const LIFETIME_MS = 10 * 60_000;

/**
 * The login transactions of one session, each under its own `state`, so that logins in two tabs do not meet.
 * In the shape that oidc-client-ts keeps its state in, with one difference: it removes an entry before it asks
 * for the tokens, and a lost answer could then not be told from a forged one. Here an entry goes when the
 * exchange is over, by `forget`.
 */
export interface LoginTransactions extends StateStore {
  /** Removes one transaction for good. */
  forget(state: string): Promise<void>;
  /** Removes those that are over or cannot be read. */
  prune(): Promise<void>;
  /** Removes all. */
  clear(): Promise<void>;
}

/** Opens the transactions of the session named by `key`. */
export function openTransactions(records: RecordStore, key: string): LoginTransactions {
  const prefix = `${key}/login/`;
  const read = async (state: string): Promise<string | null> =>
    readLive(await records.get(prefix + state));
  const removeWhere = async (isOver: (value: unknown) => boolean): Promise<void> => {
    const all = await records.entries();
    const over = all.filter(([name, value]) => name.startsWith(prefix) && isOver(value));
    await Promise.all(over.map(([name]) => records.delete(name)));
  };
  return {
    set: (state, value) => records.set(prefix + state, { value, createdAt: Date.now() }),
    get: read,
    remove: read,
    getAllKeys: () => Promise.resolve([]),
    forget: (state) => records.delete(prefix + state),
    prune: () => removeWhere((value) => readLive(value) === null),
    clear: () => removeWhere(() => true),
  };
}

function readLive(record: unknown): string | null {
  if (!isObject(record) || typeof record['value'] !== 'string') return null;
  const ageMs = Date.now() - Number(record['createdAt']);
  // A clock that was turned back meanwhile makes an age negative, not endless.
  return Math.abs(ageMs) < LIFETIME_MS ? record['value'] : null;
}
