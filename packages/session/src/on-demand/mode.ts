import type { Engine, EngineContext } from '../engine.js';
import type { SessionMode } from '../options.js';
import type { createSessionCore } from '../session-core.js';
import { load } from './load.js';

/** The code of a mode. */
export interface Mode {
  readonly createSessionCore: typeof createSessionCore;
  readonly createModeEngine: (context: EngineContext) => Engine | Promise<Engine>;
}

const modes: Readonly<Record<SessionMode, () => Promise<Mode>>> = {
  'refresh-token': () => import('../drivers/refresh-token-mode.js'),
  'sso-cookie': () => import('../drivers/sso-cookie-mode.js'),
  'token-handler': () => import('../drivers/token-handler-mode.js'),
};

/** Loads the core of a session with its mode's driver. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export const loadMode = (mode: SessionMode): Promise<Mode> => load(modes[mode]);
