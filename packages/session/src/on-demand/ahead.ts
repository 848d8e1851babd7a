import { loadOnce } from '../platform/load-once.js';
import type { SessionMode } from '../options.js';
import { loadPopup } from './popup.js';
import { loadProtocol } from './protocol.js';

/** What to load code for: a login or callback in this page, or in a popup. */
export type Upcoming = 'redirect' | 'popup' | 'popup-callback';

/** Loads code in parallel with the mode's own, which would otherwise request it only once it runs. */
export interface AheadLoader {
  /** Loads the protocol of a login once. @throws AuthError `chunk_load_failed`, `timeout`, `network` */
  readonly loadProtocol: typeof loadProtocol;
  /** Loads what a login or a callback needs. Does not reject: the error surfaces where the code is used. */
  readonly prepare: (upcoming: Upcoming) => Promise<unknown>;
}

/** Creates the loader of one session. */
export function createAheadLoader(mode: SessionMode): AheadLoader {
  const protocol = loadOnce(loadProtocol);
  return {
    loadProtocol: protocol,
    prepare(upcoming) {
      const isWindow = upcoming === 'popup-callback';
      return Promise.allSettled([
        mode !== 'token-handler' && !isWindow && protocol(),
        upcoming !== 'redirect' && loadPopup(),
      ]);
    },
  };
}
