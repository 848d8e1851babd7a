import { withDeadline } from '../platform/deadline.js';
import type { Engine } from '../engine.js';
import type { SessionConfig } from '../options.js';
import { leaveForLogout } from './leave-for-logout.js';
import type { SessionEnd } from './session-end.js';
import type { LogoutOptions } from '../session.js';
import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { StateEvent } from '../transition.js';
import { clearTab } from '../storage/tab-entry.js';
import type { Tabs } from '../tabs/notices.js';

/** The page redirects after this in any case. */
const TIMEOUT_MS = 3_000;

/** What a logout uses of the session. */
export interface LogoutContext {
  readonly config: SessionConfig;
  readonly end: SessionEnd;
  readonly tabs: Tabs;
  readonly store: Store<SessionState>;
  readonly dispatch: (event: StateEvent) => void;
  /** Returns the engine if it is loaded. */
  readonly engine: () => Pick<Engine, 'driver' | 'timer'> | undefined;
}

/**
 * Creates `session.logout`. It signs out this browser and its tabs first, which needs no network, then notifies the
 * server, and then redirects in any case.
 */
export function createLogout({
  config,
  end,
  tabs,
  store,
  dispatch,
  engine,
}: LogoutContext): (options?: LogoutOptions) => Promise<void> {
  return async (options) => {
    dispatch({ type: 'logout-started' });
    engine()?.timer.disarm();
    engine()?.driver.signOutLocally();
    clearTab(config.key);
    const told = end.forget(options).then(() => {
      tabs.post('logged-out');
      return end.notifyServer(true);
    });
    await withDeadline(told, TIMEOUT_MS).catch(() => {});
    leaveForLogout(config, store, options);
  };
}
