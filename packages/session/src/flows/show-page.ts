import type { SessionConfig } from '../options.js';
import { isOwnCallback } from '../login/state-param.js';
import { report } from '../platform/report.js';
import { withoutResponseParams } from '../login/return-to.js';

/**
 * Shows a page of the app in place of the login's callback. The address bar loses the code in any case, whatever the
 * app's own `navigate` does. It is not awaited: a router may wait for loaders that wait for this session.
 */
export function showPage(path: string, config: SessionConfig): void {
  const { navigate } = config;
  if (navigate === undefined) {
    // Routers do not hear `replaceState`, but most of them hear `popstate`.
    history.replaceState(history.state, '', path);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
    return;
  }
  const page = new URL(location.href);
  if (isOwnCallback(page, config)) {
    history.replaceState(history.state, '', withoutResponseParams(page));
  }
  (async () => navigate(path))().catch(report);
}
