import { openMemoryStore } from './memory-records.js';
import { pageShared } from './page-shared.js';
import type { CreateRecords } from './session-records.js';

/** Creates records in this page's memory, for a session that a server keeps. */
export const createPageRecords: CreateRecords = () => {
  const page = openMemoryStore(pageShared());
  return { tokens: page, shared: page, open: (fallback) => fallback() };
};
