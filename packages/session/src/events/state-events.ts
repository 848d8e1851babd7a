import type { SessionState } from '../state.js';
import type { StateEvent } from '../transition.js';
import type { SessionEvent } from './session-event.js';

/** Returns the event to emit for a change of the state, if any. The end of a session is emitted by the store. */
export function toSessionEvent(
  event: StateEvent,
  before: SessionState,
  after: SessionState,
): SessionEvent | undefined {
  const { type } = event;
  if (type === 'login-started')
    return { type, via: event.via, isAutomatic: event.isAutomatic === true };
  if (type === 'login-completed') return { type: 'login-succeeded', via: event.via };
  if (type === 'login-failed') return { type, error: event.error };
  // The user found at the start is the browser's own.
  const isNew = type === 'session-found' && before.status !== 'initializing';
  return isNew && after.user?.sub !== before.user?.sub
    ? { type: 'taken-over', what: 'session' }
    : undefined;
}
