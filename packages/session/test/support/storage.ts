import { vi } from 'vitest';

/** Denies web storage to the page, as some browsers do if cookies are blocked. */
export function denyStorage(): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    vi.spyOn(globalThis, name, 'get').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
  }
}

/** Calls `react` with the name of each entry of localStorage that is stored with `text` in it. */
export function onStored(text: string, react: (name: string) => void): void {
  const storage = localStorage;
  const observed = new Proxy(storage, {
    get(_storage, property) {
      if (property === 'setItem') return store;
      const value: unknown = Reflect.get(storage, property);
      return typeof value === 'function' ? value.bind(storage) : value;
    },
  });
  function store(name: string, value: string): void {
    storage.setItem(name, value);
    if (value.includes(text)) react(name);
  }
  vi.spyOn(globalThis, 'localStorage', 'get').mockReturnValue(observed);
}

/** A database that opens late for one page. */
export interface LateDatabase {
  /** Resolves when the page opens it. Other pages need not wait. */
  readonly isWanted: Promise<void>;
  /** Lets the page have it. */
  readonly open: () => void;
}

/** Lets the next page that opens the database wait for it, as on a busy disk. */
export function delayDatabase(): LateDatabase {
  let open = (): void => {};
  const factory = indexedDB;
  const openNow = factory.open.bind(factory);
  const isWanted = new Promise<void>((resolve) => {
    vi.spyOn(factory, 'open').mockImplementationOnce((name) => {
      const late = { onsuccess: (_event: Event): void => {} };
      open = () => {
        const request = openNow(name);
        request.onsuccess = (event) => late.onsuccess(event);
        Object.defineProperty(late, 'result', { get: () => request.result });
      };
      resolve();
      return late as IDBOpenDBRequest;
    });
  });
  return { isWanted, open: () => open() };
}
