import type { ApiProbe } from '../api/probed-fetch.js';
import type { SessionOptions } from '../options.js';
import type { SessionCore } from '../session-core.js';

/** What a session shows the devtools. */
export interface SessionInternals {
  readonly options: SessionOptions;
  readonly probe: ApiProbe;
  /** Returns the core if it is loaded. */
  readonly core: () => SessionCore | undefined;
  readonly loadCore: () => Promise<SessionCore>;
}

/** The key of a session's internals. Any copy of the kit finds it. Not for apps. */
export const INTERNALS: unique symbol = Symbol.for('sesamy-kit');

/** A session with its internals, which no serialization of the session shows. They hold no token. */
export interface Inspectable {
  readonly [INTERNALS]: () => SessionInternals;
}
