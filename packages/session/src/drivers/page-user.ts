import type { SessionConfig } from '../options.js';
import { readSnapshot, writeSnapshot } from '../storage/snapshot.js';
import type { User } from '../user.js';

/** The user that a page has last received or read, with the snapshot that all tabs share. */
export interface PageUser {
  /** Returns the user, or `null` if there is none or it is not known. */
  readonly current: () => User | null;
  /** Whether requests must not be sent with the handler's cookies, which may outlast a logout. */
  readonly isSignedOut: () => boolean;
  /** Stores the user; `null` removes it. */
  readonly set: (user: User | null) => void;
  /** Returns the user, as another tab may have stored another one. */
  readonly read: () => User | null;
  /** Signs out this page. The snapshot is shared with the other tabs, so it stays. */
  readonly clear: () => void;
}

/** Creates the user. Reads nothing until it is used. */
export function createPageUser({ key, storage }: SessionConfig): PageUser {
  const isLocal = storage === 'local';
  let current: User | null = null;
  let isSignedOut = false;

  function show(user: User | null): void {
    current = user;
    isSignedOut = user === null;
  }

  return {
    current: () => current,
    isSignedOut: () => isSignedOut,
    set(user) {
      show(user);
      writeSnapshot(key, isLocal ? user : null);
    },
    read() {
      const snapshot = isLocal ? readSnapshot(key) : undefined;
      if (snapshot !== undefined) current = snapshot;
      if (current !== null) isSignedOut = false;
      return current;
    },
    clear: () => show(null),
  };
}
