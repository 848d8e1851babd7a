import type { BaseConfig } from '../options.js';
import { report } from '../platform/report.js';
import { parseUrl } from '../platform/parse-url.js';
import type { LogoutOptions } from '../session.js';
import { restored, type SessionState } from '../state.js';
import type { Store } from '../store.js';

/** A page that is still loaded after this has not unloaded, e.g. because the user chose to stay. */
const LEAVE_TIMEOUT_MS = 15_000;

/**
 * Leaves for the server, which ends its session, unless the logout is `local`. A page that does not unload is signed out.
 */
export function leaveForLogout(
  config: BaseConfig,
  store: Store<SessionState>,
  options: LogoutOptions | undefined,
): void {
  const signOut = (): void => store.set(restored(store.get(), null));
  if (options?.local === true) return signOut();
  const { toServer = (url: string) => location.assign(url) } = config;
  (async () => toServer(logoutUrl(config, options)))().catch(report);
  const staying = setTimeout(signOut, LEAVE_TIMEOUT_MS);
  window.addEventListener('pagehide', () => clearTimeout(staying), { once: true });
}

/**
 * Returns where the page goes to end the session at the server, which sends it back to the app. An invalid `returnTo`
 * must not prevent the logout. The client id is sent in place of an ID Token, which does not belong in a URL.
 */
function logoutUrl(
  { mode, issuer, clientId, authPath, redirectUri, tokenHandler }: BaseConfig,
  options: LogoutOptions | undefined,
): string {
  const returnTo = options?.returnTo;
  // An app below a path may not own the root of its origin.
  const home = new URL(redirectUri ?? '/', location.origin).href;
  const wanted = typeof returnTo === 'string' ? parseUrl(returnTo, location.origin) : null;
  const target = wanted?.href ?? home;
  const { returnToParam = 'returnTo' } = tokenHandler;
  return mode === 'token-handler'
    ? `${authPath}/logout?${new URLSearchParams({ [returnToParam]: target })}`
    : `${issuer}v2/logout?${new URLSearchParams({ client_id: clientId, returnTo: target })}`;
}
