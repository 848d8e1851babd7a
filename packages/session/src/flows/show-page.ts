import type { SessionConfig } from '../options.js';
import { isOwnCallback } from '../login/state-param.js';
import { report } from '../platform/report.js';
import { withoutResponseParams } from '../login/return-to.js';

/**
 * Replaces the login's callback by a page of the app. The code is removed from the address bar, whatever the app's
 * navigation does. That is not awaited: a router may wait for loaders that wait for this session.
 */
export function showPage(path: string, config: SessionConfig): void {
  const { toPage } = config;
  if (toPage === undefined) {
    // `replaceState` fires no event; most routers listen to `popstate`.
    history.replaceState(history.state, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
    return;
  }
  const page = new URL(location.href);
  if (isOwnCallback(page, config)) {
    history.replaceState(history.state, '', withoutResponseParams(page));
  }
  (async () => toPage(path))().catch(report);
}
