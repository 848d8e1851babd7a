import type { SessionConfig } from '../options.js';
import { openMemoryStore } from './memory-records.js';
import { createDatabase, openRecordStore, type OpenRecords, type RecordStore } from './records.js';
import { pageShared } from './page-shared.js';

/** The records of one session. */
export interface SessionRecords {
  /** The tokens; in this page's memory with `storage: 'memory'`. */
  readonly tokens: RecordStore;
  /** Records that all tabs must read in order, whatever the `storage`. */
  readonly shared: RecordStore;
  /** Opens further records in the same database. */
  readonly open: OpenRecords;
}

/**
 * Creates the records of a session. Opens nothing until they are used.
 * @param onFallback called when IndexedDB does not work and the records are in this page's memory
 */
export type CreateRecords = (config: SessionConfig, onFallback?: () => void) => SessionRecords;

/** Creates records in IndexedDB. */
export const createSessionRecords: CreateRecords = ({ storage }, onFallback) => {
  const database = createDatabase();
  const open: OpenRecords = (fallback) => openRecordStore(fallback, database);
  const page = openMemoryStore(pageShared());
  const shared = open(() => {
    onFallback?.();
    return page;
  });
  return { open, shared, tokens: storage === 'local' ? shared : page };
};
