import type { RecordStore } from './records.js';

/**
 * Opens records in memory, which end with the page.
 * @param records the map that holds them (default: one of this store's own)
 */
export function openMemoryStore(records: Map<string, unknown> = new Map()): RecordStore {
  return {
    get: async (key) => records.get(key),
    update: async (key, change) => void records.set(key, change(records.get(key))),
    put: async (key, value) => void records.set(key, value),
    isLasting: false,
  };
}
