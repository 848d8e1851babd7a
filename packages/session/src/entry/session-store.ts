import { emitEnd, type EventHub } from '../events/event-hub.js';
import { findCallback } from '../login/find-callback.js';
import type { BaseConfig } from '../options.js';
import { INITIALIZING, type SessionState } from '../state.js';
import { readTypedUser } from '../user/read-user.js';
import { createStore, type Store } from '../store.js';
import { readRememberedUser } from '../flows/remembered-user.js';

/** Returns a function that returns the store of a session, which it opens at the first call. */
export function openSessionStore(
  config: BaseConfig,
  callback: { url: URL | undefined },
  hub: EventHub,
): () => Store<SessionState> {
  let opened: Store<SessionState> | undefined;
  return () => (opened ??= createStore(firstState(), (...change) => emitEnd(hub, ...change)));

  function firstState(): SessionState {
    callback.url ??= findCallback(config);
    if (typeof window === 'undefined' || callback.url !== undefined) return INITIALIZING;
    const user = readTypedUser(readRememberedUser(config, undefined), config.userSchema);
    return user === null ? INITIALIZING : { status: 'authenticated', user, error: null };
  }
}
