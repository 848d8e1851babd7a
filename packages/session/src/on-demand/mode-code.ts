import type { ModeEngine } from '../engine.js';
import type { createSessionCore } from '../session-core.js';

/** The code of a mode, with the core of a session. */
export interface ModeCode extends ModeEngine {
  readonly createSessionCore: typeof createSessionCore;
}
