import type { ModeEngine } from '../engine.js';
import type { SessionBase } from '../flows/flow-context.js';
import type { SessionCore } from '../session-core.js';

/** The code of a mode, with the core of a session. */
export interface ModeCode extends ModeEngine {
  readonly createSessionCore: (base: SessionBase) => SessionCore;
}
