import type { BaseConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import type { CoreLoaders } from './core-loaders.js';
import type { ModeCode } from './mode-code.js';
import { loadMode } from './mode.js';
import { loadPopup } from './popup.js';
import { loadProtocol } from './protocol.js';

/** The code of one session, each part loaded once. */
export interface Loaders extends CoreLoaders {
  /** Loads the core of the session with the driver of its mode. */
  readonly mode: () => Promise<ModeCode>;
}

/** Creates the loaders of a session. Nothing is loaded until they are called. */
export function createLoaders(config: BaseConfig): Loaders {
  const mode = loadOnce(() => loadMode(config));
  const protocol = loadOnce(loadProtocol);
  return {
    mode,
    protocol,
    async prepare(upcoming) {
      await Promise.allSettled([
        mode(),
        config.mode !== 'token-handler' && upcoming !== 'popup-callback' && protocol(),
        upcoming !== 'redirect' && loadPopup(),
      ]);
    },
  };
}
