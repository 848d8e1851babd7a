/** A bounded list that React can read as an external store. */
export interface Log<Entry> {
  /** Returns the entries, oldest first; the same reference until they change. */
  readonly read: () => readonly Entry[];
  readonly subscribe: (listener: () => void) => () => void;
  readonly add: (entry: Entry) => void;
  /** Replaces entries by the result of `change`. */
  readonly update: (change: (entry: Entry) => Entry) => void;
  readonly clear: () => void;
}

/** Creates a log that keeps the newest `limit` entries. */
export function createLog<Entry>(limit: number): Log<Entry> {
  const listeners = new Set<() => void>();
  let entries: readonly Entry[] = [];
  const set = (next: readonly Entry[]): void => {
    entries = next;
    for (const listener of listeners) listener();
  };
  return {
    read: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: (entry) => set([...entries, entry].slice(-limit)),
    update: (change) => set(entries.map(change)),
    clear: () => set([]),
  };
}
