import type { BaseConfig } from '../options.js';
import { load } from './load.js';
import type { ModeCode } from './mode-code.js';

/** The code that chooses a mode, and loads it with the given function. */
interface Choice {
  readonly choose: (
    config: BaseConfig,
    load: (config: BaseConfig) => Promise<ModeCode>,
  ) => Promise<ModeCode>;
}

/** Loads the core of a session with its mode's driver. @throws AuthError `chunk_load_failed`, `timeout`, `network`; see {@link load} */
export async function loadMode(config: BaseConfig): Promise<ModeCode> {
  const { mode } = config;
  const code = await load((): Promise<ModeCode | Choice> => {
    if (mode === 'sso-cookie') return import('../drivers/sso-cookie-mode.js');
    if (mode === 'token-handler') return import('../drivers/token-handler-mode.js');
    if (mode === 'auto') return import('../auto/auto-mode.js');
    // Any core rejects a mode that does not exist.
    return import('../drivers/refresh-token-mode.js');
  });
  return 'choose' in code ? code.choose(config, loadMode) : code;
}
