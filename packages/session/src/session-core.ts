import type { Engine } from './engine.js';
import { createSessionEnd, type SessionEnd } from './flows/session-end.js';
import { createAheadLoader, type Upcoming } from './on-demand/ahead.js';
import { loadMode } from './on-demand/mode.js';
import { whenIdle } from './on-demand/when-idle.js';
import type { SessionConfig } from './options.js';
import { loadOnce } from './platform/load-once.js';
import { transition, type SessionEvent, type SessionState } from './state.js';
import { createSessionRecords, type SessionRecords } from './storage/session-records.js';
import { createStore, type Store } from './store.js';
import { createTabs, type Tabs } from './tabs/notices.js';

/** What the flows of one session share. */
export interface SessionCore {
  readonly config: SessionConfig;
  readonly tabs: Tabs;
  readonly records: SessionRecords;
  readonly end: SessionEnd;
  /** Returns the state's store. Reads the initial state on first use. */
  readonly store: () => Store<SessionState>;
  /** Returns whether the event changed the state. */
  readonly dispatch: (event: SessionEvent) => boolean;
  /** Returns the engine if it is loaded. */
  readonly engine: () => Engine | undefined;
  /** @throws AuthError `chunk_load_failed`, `timeout`, `network` */
  readonly loadEngine: () => Promise<Engine>;
  /** Loads the code of a login or callback in parallel. Does not reject. */
  readonly loadLogin: (upcoming?: Upcoming) => Promise<void>;
  /** Sets the refresh timer while the store has listeners. */
  readonly armTimer: () => void;
  /** Preloads what a signed-in page will need, before the next deploy removes it. */
  readonly prepareSignedIn: () => void;
}

/** Creates the core of a session. Reads and loads nothing until it is used. */
export function createSessionCore(
  config: SessionConfig,
  firstState: () => SessionState,
): SessionCore {
  const tabs = createTabs(config.key);
  const records = createSessionRecords(config);
  const end = createSessionEnd(config, records);
  const ahead = createAheadLoader(config.mode);
  let opened: Store<SessionState> | undefined;
  let engine: Engine | undefined;

  const store = (): Store<SessionState> => (opened ??= createStore(firstState()));

  function dispatch(event: SessionEvent): boolean {
    const before = store().get();
    const after = transition(before, event);
    store().set(after);
    return after !== before;
  }

  function armTimer(): void {
    if (store().hasListeners()) engine?.timer.arm();
  }

  const loadEngine = loadOnce(async () => {
    const { createModeEngine } = await loadMode(config.mode);
    const { loadProtocol } = ahead;
    const context = { config, tabs, dispatch, arm: armTimer, records, end, loadProtocol };
    engine = await createModeEngine(context);
    return engine;
  });

  return {
    config,
    tabs,
    records,
    end,
    store,
    dispatch,
    engine: () => engine,
    loadEngine,
    async loadLogin(upcoming = 'redirect') {
      await Promise.allSettled([loadEngine(), ahead.prepare(upcoming)]);
    },
    armTimer,
    prepareSignedIn() {
      whenIdle(() => {
        engine?.driver.preload().catch(() => {});
        void end.tellServer();
      });
    },
  };
}
