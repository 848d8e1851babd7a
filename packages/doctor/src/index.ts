export type { FindingId, Level } from './catalog.js';
export type { Finding } from './finding.js';
