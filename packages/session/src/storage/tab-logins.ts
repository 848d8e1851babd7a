import { isObject, readString } from '../platform/json.js';
import type { RedirectLoginOptions } from '../login/login-options.js';
import { readTab, type HeldCallback, type TabLogins } from './tab-entry.js';

/** Returns the tab's logins, without what is invalid; `{}` if storage is blocked. */
export function readTabLogins(key: string): TabLogins {
  const value = readTab(key);
  const { automaticAt, callback, reloadedFor } = value;
  return {
    pendingId: readString(value['pendingId']),
    pendingPage: readString(value['pendingPage']),
    exchangedId: readString(value['exchangedId']),
    automaticAt: Array.isArray(automaticAt) ? automaticAt.filter(isNumber) : undefined,
    automaticFor: readString(value['automaticFor']),
    completedAt: readNumber(value['completedAt']),
    callback: readCallback(callback),
    reloadedAt: readNumber(value['reloadedAt']),
    reloadedFor: isLoginOptions(reloadedFor) ? reloadedFor : undefined,
  };
}

/** A rough check; the options are validated like an app's own when they are used. */
function isLoginOptions(value: unknown): value is RedirectLoginOptions {
  if (!isObject(value)) return false;
  const { authorizationParams = {}, ...rest } = value;
  return (
    isObject(authorizationParams) &&
    [...Object.values(authorizationParams), ...Object.values(rest)].every(isScalar)
  );
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

function isScalar(value: unknown): boolean {
  return /^[bns]/.test(typeof value);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
