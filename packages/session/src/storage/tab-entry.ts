import { isObject, parseJson } from '../platform/json.js';
import type { TabLogins } from './tab-logins.js';

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
