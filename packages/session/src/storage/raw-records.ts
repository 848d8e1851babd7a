import { isObject, readString } from '../platform/json.js';
import { UNTIL_LOGIN, type RecordNames } from './record-names.js';
import { DATABASE_NAME, STORE_NAME } from './traces.js';

/*
 * What a logout does to the records where the code that keeps them (`records.ts`) cannot be loaded.
 */

/**
 * Removes the token record and the pending logins. The refresh token moves to the revocations, which the next page load
 * sends. Probes pause until the next login: only the mode `sso-cookie` makes any, which `auto` may have chosen.
 * @returns the refresh token, if there was one
 */
export async function moveTokens(names: RecordNames): Promise<string | undefined> {
  let token: string | undefined;
  await changeRecords(names, (records, record, revocations) => {
    token = isObject(record) ? readString(record['refreshToken']) : undefined;
    if (token !== undefined) records.put([...revocations, token], names.revocations);
    records.put(UNTIL_LOGIN, names.quietUntil);
    records.delete(names.tokens);
    records.delete(names.logins);
  });
  return token;
}

/** Removes a token that the server has revoked. */
export function removeRevocation(names: RecordNames, token: string): Promise<void> {
  return changeRecords(names, (records, _record, revocations) => {
    records.put(
      revocations.filter((one) => one !== token),
      names.revocations,
    );
  });
}

/** Runs `change` in a transaction, with the token record and the revocations. */
async function changeRecords(
  names: RecordNames,
  change: (records: IDBObjectStore, record: unknown, revocations: readonly unknown[]) => void,
): Promise<void> {
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
    const revocations: unknown = pending.result;
    change(records, reading.result, Array.isArray(revocations) ? revocations : []);
    await happened(transaction, 'complete');
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
