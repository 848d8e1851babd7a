import { parseJson } from '../platform/json.js';
import type { RecordStore } from './records.js';

/**
 * Opens records that survive a redirect but not the tab: for browsers without IndexedDB, and for logins behind a token
 * handler, which only this tab can complete. For login transactions only: a duplicated tab gets a copy of the records,
 * which would trigger the reuse detection of a refresh token.
 */
export function openTabStore(): RecordStore {
  const read = (key: string): unknown => parseJson(sessionStorage.getItem(key));
  return {
    get: async (key) => read(key),
    update: async (key, change) => sessionStorage.setItem(key, JSON.stringify(change(read(key)))),
    put: async (key, value) => sessionStorage.setItem(key, JSON.stringify(value)),
    isLasting: false,
  };
}
