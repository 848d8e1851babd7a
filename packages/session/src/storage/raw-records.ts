import { isObject, readString } from '../platform/json.js';
import type { RecordNames } from './record-names.js';
import { DATABASE_NAME, STORE_NAME } from './traces.js';

/**
 * Removes the token record and the pending logins, for a logout where `records.ts` cannot be loaded. The refresh token
 * moves to the revocations, which the next page load sends; `quietUntil` is set if given.
 * @returns the refresh token, if there was one
 */
export async function moveTokens(
  names: RecordNames,
  quietUntil: number | undefined,
): Promise<string | undefined> {
  const opening = indexedDB.open(DATABASE_NAME);
  // Without its store the database must not be created.
  opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
  await happened(opening, 'success');
  const database = opening.result;
  try {
    const transaction = database.transaction(STORE_NAME, 'readwrite');
    const records = transaction.objectStore(STORE_NAME);
    const reading = records.get(names.tokens);
    const pending = records.get(names.revocations);
    await happened(pending, 'success');
    const record: unknown = reading.result;
    const token = isObject(record) ? readString(record['refreshToken']) : undefined;
    if (token !== undefined) {
      const revocations: unknown = pending.result;
      const others: readonly unknown[] = Array.isArray(revocations) ? revocations : [];
      records.put([...others, token], names.revocations);
    }
    if (quietUntil !== undefined) records.put(quietUntil, names.quietUntil);
    records.delete(names.tokens);
    records.delete(names.logins);
    await happened(transaction, 'complete');
    return token;
  } finally {
    database.close();
  }
}

function happened(target: EventTarget, type: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    target.addEventListener(type, resolve);
    target.addEventListener('error', reject);
    target.addEventListener('abort', reject);
  });
}
