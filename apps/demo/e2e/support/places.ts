/** The content of each place where a page could expose a value, as text. Runs in the page. */
export async function readPlaces(): Promise<Record<string, string>> {
  return {
    'the address': location.href,
    'the referrer': document.referrer,
    'the history state': JSON.stringify(history.state),
    'the window name': window.name,
    cookies: document.cookie,
    localStorage: JSON.stringify(Object.entries(localStorage)),
    sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
    IndexedDB: JSON.stringify(await readDatabases()),
    'the document': document.documentElement.outerHTML,
    'form fields': [...document.querySelectorAll('input')].map(({ value }) => value).join('\n'),
    'what React holds': readReact().join('\n'),
  };

  /** Every record but the one that holds the tokens. */
  async function readDatabases(): Promise<unknown[]> {
    const found: unknown[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settle(indexedDB.open(name));
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName);
        for (const key of await settle(store.getAllKeys())) {
          const isTokenRecord =
            name === 'sesamy-kit' && typeof key === 'string' && key.endsWith('/tokens');
          if (!isTokenRecord) found.push([name, storeName, key, await settle(store.get(key))]);
        }
      }
      database.close();
    }
    return found;
  }

  function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB')));
    });
  }

  /** Every text that can be reached from React's tree: props, state, contexts, query caches. */
  function readReact(): string[] {
    const texts: string[] = [];
    const seen = new Set<unknown>();
    const queue: unknown[] = [...document.querySelectorAll('*')].flatMap((element) =>
      Object.entries(element).flatMap(([key, value]) => (key.startsWith('__react') ? [value] : [])),
    );
    for (let value = queue.pop(); queue.length > 0; value = queue.pop()) {
      if (typeof value === 'string') texts.push(value);
      if (typeof value !== 'object' || value === null || value instanceof Node) continue;
      if (value === window || seen.has(value)) continue;
      seen.add(value);
      if (value instanceof Map) queue.push(...value.keys(), ...value.values());
      else if (value instanceof Set) queue.push(...value);
      else
        queue.push(...Object.values(Object.getOwnPropertyDescriptors(value)).map((p) => p.value));
    }
    return texts;
  }
}
