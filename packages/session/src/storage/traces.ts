import { withDeadline } from '../platform/deadline.js';

/** IndexedDB can hang for good, as Safari's has. */
const RESPONSE_TIMEOUT_MS = 2_000;

/** The name of the database with the records. */
export const DATABASE_NAME = 'sesamy-kit';

/** The name of their object store. */
export const STORE_NAME = 'records';

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
