import { isObject, readString } from '../platform/json.js';
import type { RecordNames } from './record-names.js';
import { DATABASE_NAME, STORE_NAME } from './traces.js';

/**
 * Removes the token record without the code that keeps records. The refresh token moves to the record of revocations,
 * which the next page load sends; `quietUntil` is set where given.
 * @returns the refresh token, if there was one and the database responded
 */
export function forgetTokens(
  names: RecordNames,
  quietUntil: number | undefined,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE_NAME);
    opening.addEventListener('error', reject);
    // Without its store the database must not be created.
    opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
    opening.addEventListener('success', () => {
      const change = opening.result.transaction(STORE_NAME, 'readwrite');
      const records = change.objectStore(STORE_NAME);
      const reading = records.get(names.tokens);
      let refreshToken: string | undefined;
      reading.addEventListener('success', () => {
        const record: unknown = reading.result;
        refreshToken = isObject(record) ? readString(record['refreshToken']) : undefined;
        if (refreshToken !== undefined) records.put([refreshToken], names.revocations);
        if (quietUntil !== undefined) records.put(quietUntil, names.quietUntil);
        records.delete(names.tokens);
      });
      change.addEventListener('complete', () => {
        opening.result.close();
        resolve(refreshToken);
      });
      change.addEventListener('abort', reject);
    });
  });
}
