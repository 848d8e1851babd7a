import type { RedirectLoginOptions } from '../login/login-options.js';
import { readTabLogins } from '../storage/tab-logins.js';
import { dropReloadedLogin } from './reload-for-login.js';

/** Returns, once, the login that the page was reloaded for. */
export function takeReloadedLogin(key: string): RedirectLoginOptions | undefined {
  const { reloadedFor } = readTabLogins(key);
  dropReloadedLogin(key);
  return reloadedFor;
}
