import { isObject, readString } from '../platform/json.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import { readTab } from './tab-entry.js';

/**
 * The logins of one session in this tab. They are in sessionStorage, which survives the redirect to the login and ends
 * with the tab.
 */
export interface TabLogins {
  /** The id of the login that the page redirected to, until it is completed. */
  readonly pendingId?: string | undefined;
  /** When automatic logins were started, in epoch milliseconds. */
  readonly automaticAt?: readonly number[] | undefined;
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

/** Returns the tab's logins, without what is invalid; `{}` if storage is blocked. */
export function readTabLogins(key: string): TabLogins {
  const value = readTab(key);
  const { automaticAt, callback, reloadedFor } = value;
  return {
    pendingId: readString(value['pendingId']),
    automaticAt: Array.isArray(automaticAt) ? automaticAt.filter(isNumber) : undefined,
    completedAt: readNumber(value['completedAt']),
    callback: readCallback(callback),
    reloadedAt: readNumber(value['reloadedAt']),
    reloadedFor: isLoginOptions(reloadedFor) ? reloadedFor : undefined,
  };
}

/** A rough check; the options are validated like an app's own when they are used. */
function isLoginOptions(value: unknown): value is RedirectLoginOptions {
  return isObject(value) && Object.values(value).every((option) => /^[bns]/.test(typeof option));
}

function readCallback(value: unknown): HeldCallback | undefined {
  if (!isObject(value)) return undefined;
  const url = readString(value['url']);
  const receivedAt = readNumber(value['receivedAt']);
  return url === undefined || receivedAt === undefined ? undefined : { url, receivedAt };
}

function readNumber(value: unknown): number | undefined {
  return isNumber(value) ? value : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
