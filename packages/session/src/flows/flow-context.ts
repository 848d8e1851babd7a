import type { ApiProbe } from '../api/probed-fetch.js';
import type { Engine } from '../engine.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import type { CoreLoaders } from '../on-demand/core-loaders.js';
import { whenIdle } from '../on-demand/when-idle.js';
import type { SessionConfig, SessionOptions } from '../options.js';
import { loadOnce } from '../platform/load-once.js';
import type { Session } from '../session.js';
import { resolveOptions } from '../options/resolve-options.js';
import type { SessionState } from '../state.js';
import { transition, type StateEvent } from '../transition.js';
import type { CreateRecords, SessionRecords } from '../storage/session-records.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';
import { emitterOf } from '../events/emitter.js';
import type { EventHub } from '../events/event-hub.js';
import { toSessionEvent } from '../events/state-events.js';
import type { CreateEnd, SessionEnd } from './session-end.js';

/** What a session has before its core is loaded. */
export interface SessionBase {
  readonly options: SessionOptions;
  /** The session's name. Default: follows from the options. */
  readonly key?: string;
  readonly store: Store<SessionState>;
  readonly tabs: Tabs;
  readonly loaders: CoreLoaders;
  readonly probe: ApiProbe;
  readonly hub: EventHub;
  /** The callback that was in the address when the session was created, until it is being completed. */
  readonly callback: { url: URL | undefined };
  /** Begins a login without a click. Its errors are the session's. */
  readonly beginLogin: (options: RedirectLoginOptions, isRetry?: boolean) => void;
  /** Subscribes to the state, and follows the other tabs meanwhile. */
  readonly subscribe: Session['subscribe'];
}

/** What a mode brings to the core. */
export interface ModeParts {
  readonly createRecords: CreateRecords;
  readonly createEnd: CreateEnd;
  /** Checks at the start that the mode works on this page. @throws AuthError `invalid_configuration` */
  readonly checkPage?: (config: SessionConfig) => void;
}

/** What the flows of one session share. */
export interface FlowContext extends Omit<SessionBase, 'options'> {
  readonly checkPage: (config: SessionConfig) => void;
  readonly config: SessionConfig;
  readonly records: SessionRecords;
  readonly end: SessionEnd;
  /** Returns whether the event changed the state. */
  readonly dispatch: (event: StateEvent) => boolean;
  /** Returns the engine if it is loaded. */
  readonly engine: () => Engine | undefined;
  /** @throws AuthError `chunk_load_failed`, `timeout`, `network` */
  readonly loadEngine: () => Promise<Engine>;
  /** Sets the refresh timer while something subscribes. */
  readonly armTimer: () => void;
  /** Loads what a signed-in page will need, while the deploy that made the page exists. */
  readonly prepareSignedIn: () => void;
}

/**
 * Creates the context. Nothing is read or loaded until it is used.
 * @throws AuthError `invalid_configuration` for invalid options
 */
export function createFlowContext(
  { options, ...base }: SessionBase,
  { createRecords, createEnd, checkPage = () => {} }: ModeParts,
): FlowContext {
  const { store, tabs, loaders, probe, hub } = base;
  const resolved = resolveOptions(options);
  const { key = resolved.key } = base;
  const config = { ...resolved, key };
  const records = createRecords(config, () => emitterOf(hub)?.({ type: 'storage-fallback' }));
  const end = createEnd(config, records);
  let engine: Engine | undefined;
  let lastUser = store.get().user;

  function dispatch(event: StateEvent): boolean {
    const before = store.get();
    const after = transition(before, event);
    lastUser = after.user ?? before.user ?? lastUser;
    store.set(after);
    const emit = emitterOf(hub);
    const reported = emit && toSessionEvent(event, before, after);
    if (reported !== undefined) emit?.(reported);
    return after !== before;
  }

  function armTimer(): void {
    if (store.hasListeners()) engine?.timer.arm();
  }

  const loadEngine = loadOnce(async () => {
    const { createModeEngine } = await loaders.mode();
    const loadProtocol = loaders.protocol;
    const waiting = {
      getSnapshot: () => store.get(),
      subscribe: base.subscribe,
      dismissError: () => void dispatch({ type: 'error-dismissed' }),
      lastUser: () => store.get().user ?? lastUser,
    };
    const context = {
      config,
      store,
      hub,
      tabs,
      probe,
      dispatch,
      arm: armTimer,
      waiting,
      records,
      end,
      loadProtocol,
    };
    engine = createModeEngine(context);
    return engine;
  });

  return {
    ...base,
    checkPage,
    config,
    records,
    end,
    dispatch,
    engine: () => engine,
    loadEngine,
    armTimer,
    prepareSignedIn() {
      whenIdle(() => {
        engine?.driver.preload().catch(() => {});
        void end.notifyServer();
      });
    },
  };
}
