import type { DriverShare } from '../driver.js';
import type { ModeEngine } from '../engine.js';

/** What is about to happen: a login or a callback, in this page or in a popup. */
export type Upcoming = 'redirect' | 'popup' | 'popup-callback';

/** The loaders that the core of a session uses. They throw AuthError `chunk_load_failed`, `timeout`, `network`. */
export interface CoreLoaders {
  /** Loads the driver of the session's mode. */
  readonly mode: () => Promise<ModeEngine>;
  /** Loads the protocol of a login. */
  readonly protocol: DriverShare['loadProtocol'];
  /** Loads side by side all that a login or callback needs. Does not reject: the error shows where it is used. */
  readonly prepare: (upcoming: Upcoming) => Promise<void>;
}
