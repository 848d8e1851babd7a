/** One storage that scripts of this page can read, and the names in it. Never values. */
export interface StoredNames {
  readonly place: string;
  readonly names: readonly string[];
}

/** Reads the names of all cookies and entries that a script on this page could read. Blocked storage counts as empty. */
export async function readStoredNames(): Promise<readonly StoredNames[]> {
  return [
    { place: 'Cookies', names: readCookieNames() },
    { place: 'localStorage', names: readEntryNames(() => localStorage) },
    { place: 'sessionStorage', names: readEntryNames(() => sessionStorage) },
    { place: 'IndexedDB', names: await readRecordNames().catch(() => []) },
  ];
}

function readCookieNames(): string[] {
  return document.cookie
    .split(/; */)
    .map((cookie) => cookie.split('=')[0] ?? '')
    .filter((name) => name !== '')
    .toSorted();
}

function readEntryNames(open: () => Storage): string[] {
  try {
    return Object.keys(open()).toSorted();
  } catch {
    return [];
  }
}

async function readRecordNames(): Promise<string[]> {
  const names: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name !== undefined) names.push(...(await readKeys(name)));
  }
  return names.toSorted();
}

async function readKeys(databaseName: string): Promise<string[]> {
  const opening = indexedDB.open(databaseName);
  // Opening a database that was deleted meanwhile must not create an empty one.
  opening.addEventListener('upgradeneeded', () => opening.transaction?.abort());
  const database = await settle(opening);
  try {
    const stores = [...database.objectStoreNames];
    const keys = await Promise.all(
      stores.map((name) => settle(database.transaction(name).objectStore(name).getAllKeys())),
    );
    return keys.flat().filter((key) => typeof key === 'string');
  } finally {
    database.close();
  }
}

function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('IndexedDB did not respond.'));
    });
  });
}
