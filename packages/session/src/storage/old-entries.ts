import { parseJson } from '../platform/json.js';

/** Longer entries are no session: a token response is a few kB. */
const MAX_LENGTH = 100_000;

/** An entry that another library has written. */
export interface OldEntry {
  readonly name: string;
  /** The parsed JSON; `undefined` if it is not JSON, or too long. */
  readonly value: unknown;
  readonly remove: () => void;
}

/** Returns the entries of web storage whose names start with `prefix`; none if storage is denied. */
export function findOldEntries(prefix: string): readonly OldEntry[] {
  return [() => localStorage, () => sessionStorage].flatMap((open) => {
    try {
      const storage = open();
      return Object.keys(storage)
        .filter((name) => name.startsWith(prefix))
        .map((name) => ({
          name,
          value: parse(storage.getItem(name)),
          remove: () => storage.removeItem(name),
        }));
    } catch {
      return [];
    }
  });
}

function parse(text: string | null): unknown {
  return text !== null && text.length <= MAX_LENGTH ? parseJson(text) : undefined;
}
