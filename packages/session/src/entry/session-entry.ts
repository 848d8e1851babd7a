import type { ApiProbe } from '../api/probed-fetch.js';
import type { EventHub } from '../events/event-hub.js';
import type { Loaders } from '../on-demand/loaders.js';
import type { BaseConfig, SessionOptions } from '../options.js';
import type { SessionCore } from '../session-core.js';
import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';

/**
 * What a session has from its creation; its core is loaded when there is something to do. The parts of the first load
 * share one entry, of which only the URL of the callback, the core and the start change.
 */
export interface SessionEntry {
  readonly options: SessionOptions;
  readonly config: BaseConfig;
  /** The callback that was in the address when the session was created, until it is being completed. */
  readonly callback: { url: URL | undefined };
  readonly hub: EventHub;
  readonly probe: ApiProbe;
  readonly tabs: Tabs;
  readonly loaders: Loaders;
  /** Opens the store at the first call. */
  readonly store: () => Store<SessionState>;
  /** @throws AuthError `chunk_load_failed`, `timeout`, `network` */
  readonly loadCore: () => Promise<SessionCore>;
  /** The core, once it is loaded. */
  core?: SessionCore;
  /** The start of the session, once it has begun. */
  started?: Promise<void>;
}
