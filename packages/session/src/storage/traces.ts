import { withDeadline } from '../platform/deadline.js';

/** IndexedDB can hang for good, as Safari's has. */
const RESPONSE_TIMEOUT_MS = 2_000;

/** The name of the database with the records. */
export const DATABASE_NAME = 'sesamy-kit';

/** The name of their object store. */
export const STORE_NAME = 'records';

/** The property of the document with the records in memory; see `pageShared`. */
export const PAGE_SHARED: unique symbol = Symbol.for('@sesamy-kit/session');

/** Whether a copy of the kit on this page has records in memory. */
export function hasPageRecords(): boolean {
  const records: unknown = Reflect.get(document, PAGE_SHARED);
  return records instanceof Map && records.size > 0;
}

/** Whether web storage has an entry of the session, or cannot be read. */
export function mayHaveEntries(key: string): boolean {
  try {
    return [localStorage, sessionStorage].some((storage) =>
      Object.keys(storage).some((name) => name.startsWith(key)),
    );
  } catch {
    return true;
  }
}

/** Whether there may be records, as far as can be seen without opening the database. */
export async function mayHaveRecords(): Promise<boolean> {
  try {
    const listing = indexedDB.databases();
    const databases = await withDeadline(listing, RESPONSE_TIMEOUT_MS);
    return databases.some(({ name }) => name === DATABASE_NAME);
  } catch {
    // Firefox lists databases since 126. Where there are none, opening them fails at once.
    return true;
  }
}
