import { createIssuerEnd } from '../flows/issuer-end.js';
import type { ModeCode } from '../on-demand/mode-code.js';
import { createSessionCore } from '../session-core.js';
import { createSessionRecords } from '../storage/session-records.js';

/** Creates the core of a session whose tokens are in this browser. */
export const createIssuerCore: ModeCode['createSessionCore'] = (base) =>
  createSessionCore(base, { createRecords: createSessionRecords, createEnd: createIssuerEnd });
