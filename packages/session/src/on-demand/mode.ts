import type { Engine, EngineContext } from '../engine.js';
import type { SessionMode } from '../options.js';
import type { createSessionCore } from '../session-core.js';
import { load } from './load.js';

/** The code of a mode. */
export interface Mode {
  readonly createSessionCore: typeof createSessionCore;
  readonly createModeEngine: (context: EngineContext) => Engine;
}

/** Loads the core of a session with its mode's driver. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadMode = (mode: SessionMode): Promise<Mode> =>
  load((): Promise<Mode> => {
    if (mode === 'sso-cookie') return import('../drivers/sso-cookie-mode.js');
    if (mode === 'token-handler') return import('../drivers/token-handler-mode.js');
    // Any core rejects a mode that does not exist.
    return import('../drivers/refresh-token-mode.js');
  });
