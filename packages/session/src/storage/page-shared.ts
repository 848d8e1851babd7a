import { PAGE_SHARED } from './traces.js';

/**
 * Returns the map that all copies of the kit on one page share. It is a property of the document, because the copies
 * share no module. Without a document (on a server) every caller gets its own.
 */
export function pageShared(): Map<string, unknown> {
  if (typeof document === 'undefined') return new Map();
  const existing: unknown = Reflect.get(document, PAGE_SHARED);
  if (existing instanceof Map) return existing;
  const created = new Map<string, unknown>();
  Reflect.set(document, PAGE_SHARED, created);
  return created;
}
