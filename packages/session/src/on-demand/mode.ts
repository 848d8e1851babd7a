import type { Engine, EngineContext } from '../engine.js';
import type { BaseConfig } from '../options.js';
import type { createSessionCore } from '../session-core.js';
import { load } from './load.js';

/** The code of a mode. */
export interface Mode {
  readonly createSessionCore: typeof createSessionCore;
  readonly createModeEngine: (context: EngineContext) => Engine;
}

/** The code that chooses a mode, and loads it with the given function. */
interface Choice {
  readonly choose: (
    config: BaseConfig,
    load: (config: BaseConfig) => Promise<Mode>,
  ) => Promise<Mode>;
}

/** Loads the core of a session with its mode's driver. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export async function loadMode(config: BaseConfig): Promise<Mode> {
  const { mode } = config;
  const code = await load((): Promise<Mode | Choice> => {
    if (mode === 'sso-cookie') return import('../drivers/sso-cookie-mode.js');
    if (mode === 'token-handler') return import('../drivers/token-handler-mode.js');
    if (mode === 'auto') return import('../auto/auto-mode.js');
    // Any core rejects a mode that does not exist.
    return import('../drivers/refresh-token-mode.js');
  });
  return 'choose' in code ? code.choose(config, loadMode) : code;
}
