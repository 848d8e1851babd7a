import { whenActivated } from '../platform/activation.js';
import { withDeadline } from '../platform/deadline.js';
import { requireBrowser } from '../platform/require-browser.js';
import type { LogoutOptions } from '../session.js';
import { forgetUser } from '../flows/forget-user.js';
import { logOutWithoutCore } from './logout-without-core.js';
import type { SessionEntry } from './session-entry.js';

/** How long a logout waits for its code. */
const LOAD_TIMEOUT_MS = 3_000;

/** Logs out. Signs out this page before the core is loaded, and even if that fails. */
export async function loadToLogout(
  { config, tabs, store, loadCore }: SessionEntry,
  options?: LogoutOptions,
): Promise<void> {
  requireBrowser();
  await whenActivated(async () => {
    // First what needs no code.
    store().set({ status: 'logging-out' });
    forgetUser(config, options);
    const loading = withDeadline(loadCore(), LOAD_TIMEOUT_MS);
    const core = await loading.catch(() => undefined);
    if (core !== undefined) return core.logout(options);
    await logOutWithoutCore(config, { store: store(), tabs }, options);
  });
}
