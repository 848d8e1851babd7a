import { emitEnd, type EventHub } from '../events/event-hub.js';
import type { SessionState } from '../state.js';

/** Emits the events that a change of a test session's state stands for. */
export function emitChange(hub: EventHub, before: SessionState, after: SessionState): void {
  emitEnd(hub, before, after);
  if (after.status === 'authenticating') {
    hub.set({ type: 'login-started', via: after.via, isAutomatic: false });
  } else if (after.error && after.error !== before.error) {
    hub.set({ type: 'login-failed', error: after.error });
  } else if (before.status === 'authenticating' && after.status === 'authenticated') {
    hub.set({ type: 'login-succeeded', via: before.via });
  } else if (before.user && after.user && before.user.sub !== after.user.sub) {
    hub.set({ type: 'taken-over', what: 'session' });
  }
}
