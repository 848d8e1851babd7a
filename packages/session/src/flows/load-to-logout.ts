import type { BaseConfig } from '../options.js';
import { whenActivated } from '../platform/activation.js';
import { withDeadline } from '../platform/deadline.js';
import { requireBrowser } from '../platform/require-browser.js';
import type { SessionCore } from '../session-core.js';
import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';
import type { Session } from '../session.js';
import { forgetUser } from './forget-user.js';
import { logOutWithoutCore } from './logout-without-core.js';

/** How long a logout waits for its code. */
const LOAD_TIMEOUT_MS = 3_000;

/** Creates `session.logout`, which signs out this page before the core is loaded, and even if that fails. */
export function createEntryLogout(
  config: BaseConfig,
  tabs: Tabs,
  store: () => Store<SessionState>,
  loadCore: () => Promise<SessionCore>,
): Session['logout'] {
  return async (given) => {
    requireBrowser();
    await whenActivated(async () => {
      // First what needs no code.
      store().set({ status: 'logging-out' });
      forgetUser(config, given);
      const loading = withDeadline(loadCore(), LOAD_TIMEOUT_MS);
      const running = await loading.catch(() => undefined);
      if (running !== undefined) return running.logout(given);
      await logOutWithoutCore(config, { store: store(), tabs }, given);
    });
  };
}
