import type * as Protocol from '../oidc/login.js';
import type { BaseConfig } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import { loadMode, type Mode } from './mode.js';
import { loadPopup } from './popup.js';
import { loadProtocol } from './protocol.js';

/** What is about to happen: a login or a callback, in this page or in a popup. */
export type Upcoming = 'redirect' | 'popup' | 'popup-callback';

/** The code of one session, each part loaded once. They throw AuthError `chunk_load_failed`, `timeout`, `network`. */
export interface Loaders {
  /** Loads the core of the session with the driver of its mode. */
  readonly mode: () => Promise<Mode>;
  /** Loads the protocol of a login. */
  readonly protocol: () => Promise<typeof Protocol>;
  /** Loads side by side all that a login or callback needs. Does not reject: the error shows where it is used. */
  readonly prepare: (upcoming: Upcoming) => Promise<void>;
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
