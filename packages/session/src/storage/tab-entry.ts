import type { RedirectLoginOptions } from '../login/login-options.js';
import { isObject, parseJson } from '../platform/json.js';

/**
 * The logins of one session in this tab. They are in sessionStorage, which survives the redirect to the login and ends
 * with the tab.
 */
export interface TabLogins {
  /** The id of the login that the page redirected to, until it is completed. */
  readonly pendingId?: string | undefined;
  /** The page that it returns to. Its transaction is gone after ten minutes. */
  readonly pendingPage?: string | undefined;
  /** The id of the login whose code has been sent, until the server has responded. */
  readonly exchangedId?: string | undefined;
  /** When automatic logins were started, in epoch milliseconds. */
  readonly automaticAt?: readonly number[] | undefined;
  /** The strength and scope that the last automatic login was for; missing for none. */
  readonly automaticFor?: string | undefined;
  /** When the last login was completed, in epoch milliseconds. */
  readonly completedAt?: number | undefined;
  /** A callback that could not be completed yet. */
  readonly callback?: HeldCallback | undefined;
  /** When the page was reloaded because a login's code was missing, in epoch milliseconds. */
  readonly reloadedAt?: number | undefined;
  /** The login that it was reloaded for, until that starts. */
  readonly reloadedFor?: RedirectLoginOptions | undefined;
}

/** A callback that waits for the network. */
export interface HeldCallback {
  readonly url: string;
  /** In epoch milliseconds. */
  readonly receivedAt: number;
}

/** Returns the tab's logins as they are stored, whatever is there; see {@link TabLogins}. `{}` if storage is blocked. */
export function readTab(key: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJson(sessionStorage.getItem(nameOf(key)));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Updates the given fields of the tab's logins. Returns whether the browser has stored them. */
export function updateTab(key: string, change: TabLogins): boolean {
  const text = JSON.stringify({ ...readTab(key), ...change });
  try {
    sessionStorage.setItem(nameOf(key), text);
    return sessionStorage.getItem(nameOf(key)) === text;
  } catch {
    return false;
  }
}

/** Removes the tab's logins and its pending transactions, e.g. after a logout. */
export function clearTab(key: string): void {
  try {
    sessionStorage.removeItem(nameOf(key));
    sessionStorage.removeItem(`${key}/logins`);
  } catch {
    // Without storage there is nothing to remove.
  }
}

const nameOf = (key: string): string => `${key}/tab`;
