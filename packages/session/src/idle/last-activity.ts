import { listen } from '../platform/listen.js';
import { readEntry, removeEntry, writeEntry } from '../storage/local-entry.js';

/** When the user was last active in any tab, in epoch milliseconds. */
export interface LastActivity {
  /** Returns `undefined` if no tab has recorded it, or a logout has removed it. */
  readonly read: () => number | undefined;
  readonly write: (at: number) => void;
  readonly remove: () => void;
  /** Calls `onChange` when another tab has recorded activity, until the signal aborts. */
  readonly listen: (onChange: () => void, signal: AbortSignal) => void;
}

/** Creates the record with this name, which the tabs share. If storage is denied, each page has its own. */
export function createLastActivity(name: string): LastActivity {
  let own: number | undefined;
  return {
    read() {
      const text = readEntry(name);
      if (text === undefined) return own;
      const at = text === null ? Number.NaN : Number(text);
      return Number.isFinite(at) ? at : undefined;
    },
    write(at) {
      own = at;
      writeEntry(name, String(at));
    },
    remove() {
      own = undefined;
      removeEntry(name);
    },
    listen(onChange, signal) {
      const onStorage = ({ key }: StorageEvent): void => {
        if (key === name) onChange();
      };
      listen(window, 'storage', onStorage, signal);
    },
  };
}
