import type { EventHub } from '../events/event-hub.js';
import type { Loaders } from '../on-demand/loaders.js';
import type { BaseConfig } from '../options.js';
import type { SessionCore } from '../session-core.js';
import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';

/** What a session has from its creation; its core is loaded when there is something to do. */
export interface SessionEntry {
  readonly config: BaseConfig;
  readonly hub: EventHub;
  readonly tabs: Tabs;
  readonly loaders: Loaders;
  readonly store: () => Store<SessionState>;
  /** Returns the core if it is loaded. */
  readonly core: () => SessionCore | undefined;
  /** @throws AuthError `chunk_load_failed`, `timeout`, `network` */
  readonly loadCore: () => Promise<SessionCore>;
}
