import type { BaseConfig } from '../options.js';
import { withDeadline } from '../platform/deadline.js';
import type { LogoutOptions } from '../session.js';
import type { SessionState } from '../state.js';
import { clearPendingLogout } from '../storage/logout-marker.js';
import { moveTokens, removeRevocation } from '../storage/raw-records.js';
import { recordNames } from '../storage/record-names.js';
import { clearTab } from '../storage/tab-entry.js';
import type { Store } from '../store.js';
import type { Tabs } from '../tabs/notices.js';
import { leaveForLogout } from '../flows/leave-for-logout.js';

/** The page leaves after this in any case. */
const TIMEOUT_MS = 2_000;

/** The other tabs are notified after this in any case. */
const REMOVAL_TIMEOUT_MS = 1_000;

/**
 * Completes a logout where its code cannot be loaded, as after a deploy: removes the tokens, signs out the other tabs,
 * and leaves for the server. What the server has not received by then, the next page load sends.
 */
export async function logOutWithoutCore(
  config: BaseConfig,
  { store, tabs }: { readonly store: Store<SessionState>; readonly tabs: Tabs },
  options: LogoutOptions | undefined,
): Promise<void> {
  clearTab(config.key);
  await withDeadline(removeTokens(config, tabs), TIMEOUT_MS).catch(() => {});
  leaveForLogout(config, store, options);
}

async function removeTokens(
  { key, issuer, clientId, fetch: send = fetch }: BaseConfig,
  tabs: Tabs,
): Promise<void> {
  const names = recordNames(key);
  const moving = withDeadline(moveTokens(names), REMOVAL_TIMEOUT_MS);
  const token = await moving.catch(() => undefined);
  tabs.post('logged-out');
  if (token === undefined) return;
  // @see RFC 7009 section 2.1
  const { status } = await send(`${issuer}oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: clientId, token, token_type_hint: 'refresh_token' }),
    credentials: 'omit',
    redirect: 'error',
    // The page is about to leave.
    keepalive: true,
  });
  if (status >= 500 || status === 429) return;
  await removeRevocation(names, token);
  // The server can be reached, so the page will get to the end of the session there.
  clearPendingLogout(key);
}
