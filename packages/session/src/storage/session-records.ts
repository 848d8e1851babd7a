import type { SessionConfig } from '../options.js';
import {
  createDatabase,
  openMemoryStore,
  openRecordStore,
  type OpenRecords,
  type RecordStore,
} from './records.js';
import { pageShared } from './page-shared.js';

/** The records of one session. */
export interface SessionRecords {
  /** Of the tokens; in this page alone with `storage: 'memory'`. */
  readonly tokens: RecordStore;
  /** Of what all tabs must see in order, whatever the storage. */
  readonly shared: RecordStore;
  /** Opens more in the same database. */
  readonly open: OpenRecords;
}

/** As the time until which the server is not asked: until the next login. */
export const UNTIL_LOGIN: number = Number.MAX_SAFE_INTEGER;

/** The names of the records. */
export function recordNames(
  key: string,
): Readonly<Record<'tokens' | 'logins' | 'quietUntil' | 'revocations', string>> {
  return {
    tokens: `${key}/tokens`,
    logins: `${key}/logins`,
    quietUntil: `${key}/quiet-until`,
    revocations: `${key}/revocations`,
  };
}

/** Opens nothing until used. */
export function createSessionRecords({ storage }: SessionConfig): SessionRecords {
  const database = createDatabase();
  const open: OpenRecords = (fallback) => openRecordStore(fallback, database);
  const page = openMemoryStore(pageShared());
  const shared = open(() => page);
  return { open, shared, tokens: storage === 'local' ? shared : page };
}
