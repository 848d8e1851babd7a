const NAME = Symbol.for('@sesamy-kit/session');

/**
 * Returns the map that all copies of the kit on one page share. It is a property of the document, because the copies
 * share no module. Without a document (on a server) every caller gets its own.
 */
export function pageShared(): Map<string, unknown> {
  if (typeof document === 'undefined') return new Map();
  const existing: unknown = Reflect.get(document, NAME);
  if (existing instanceof Map) return existing;
  const created = new Map<string, unknown>();
  Reflect.set(document, NAME, created);
  return created;
}
