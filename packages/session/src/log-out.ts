import type { Driver } from './driver.js';
import { parseUrl } from './parse-url.js';
import type { RefreshTimer } from './refresh-timer.js';
import type { LogoutOptions } from './session.js';
import type { SessionEvent } from './state.js';
import type { Tabs } from './tabs/notices.js';

/** A page that is still in sight after this has not left. */
const LEAVE_TIMEOUT_MS = 15_000;

/** What a logout needs of the session. */
export interface LogoutContext {
  readonly driver: Driver;
  readonly timer: RefreshTimer;
  readonly tabs: Tabs;
  readonly dispatch: (event: SessionEvent) => void;
}

/**
 * Makes `session.logout`. This browser and its tabs come first, since they do not depend on the network; then the
 * server is told, and then the page leaves, whatever came of it.
 */
export function createLogout({
  driver,
  timer,
  tabs,
  dispatch,
}: LogoutContext): (options?: LogoutOptions) => Promise<void> {
  return async ({ returnTo = '' } = {}) => {
    // Whoever logs out is logged out, wherever they were to be sent.
    const { origin } = location;
    const target = parseUrl(returnTo, origin)?.href ?? `${origin}/`;
    dispatch({ type: 'logout-started' });
    timer.disarm();
    const tellServer = await driver.forget();
    tabs.post('logged-out');
    await tellServer();
    location.assign(driver.endSessionUrl(target));
    // A page that has not left by then will not: it is a page of nobody.
    const staying = setTimeout(
      () => dispatch({ type: 'page-restored', user: null }),
      LEAVE_TIMEOUT_MS,
    );
    window.addEventListener('pagehide', () => clearTimeout(staying), { once: true });
  };
}
