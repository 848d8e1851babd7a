/** One object of the Management API, as it goes over the wire. */
export type ManagementRecord = Readonly<Record<string, unknown>>;

/** The collections that the server keeps; users are those who can log in. */
export const COLLECTIONS = [
  'publishers',
  'products',
  'entitlements',
  'contracts',
  'bills',
  'transactions',
  'fulfillments',
  'paywalls',
  'domains',
  'access-lists',
  'grants',
] as const;

/** The name of a collection. */
export type CollectionName = (typeof COLLECTIONS)[number];

/** All collections by name: plain data, so that it can be copied and restored. */
export type ManagementRecords = Record<string, readonly ManagementRecord[]>;

/** The field that names a record of a collection. */
export function idFieldOf(collection: CollectionName): 'id' | 'sku' | 'domain' {
  if (collection === 'products' || collection === 'fulfillments') return 'sku';
  return collection === 'domains' ? 'domain' : 'id';
}

/** The records of a collection. */
export function recordsOf(
  records: ManagementRecords,
  collection: CollectionName,
): readonly ManagementRecord[] {
  return records[collection] ?? [];
}

/** Finds a record by its id. */
export function findRecord(
  records: ManagementRecords,
  collection: CollectionName,
  id: string,
): ManagementRecord | undefined {
  const field = idFieldOf(collection);
  return recordsOf(records, collection).find((record) => record[field] === id);
}

/** Adds a record, or replaces the one with its id. */
export function putRecord(
  records: ManagementRecords,
  collection: CollectionName,
  record: ManagementRecord,
): void {
  const field = idFieldOf(collection);
  const before = recordsOf(records, collection);
  const isKnown = before.some((each) => each[field] === record[field]);
  const after = isKnown
    ? before.map((each) => (each[field] === record[field] ? record : each))
    : [...before, record];
  records[collection] = after;
}

/** Removes a record. */
export function removeRecord(
  records: ManagementRecords,
  collection: CollectionName,
  id: string,
): void {
  const field = idFieldOf(collection);
  records[collection] = recordsOf(records, collection).filter((record) => record[field] !== id);
}
