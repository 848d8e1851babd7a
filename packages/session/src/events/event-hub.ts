import type { SessionState } from '../state.js';
import type { Store } from '../store.js';
import type { SessionEvent, SessionEventOf, SessionEventType } from './session-event.js';

/** The events of a session: a store of the last one. */
export type EventHub = Store<SessionEvent | null>;

/** Calls `listener` at each event of the type; see `session.on`. */
export function listenTo<Type extends SessionEventType | '*'>(
  hub: EventHub,
  type: Type,
  listener: (event: SessionEventOf<Type>) => void,
): () => void {
  return hub.subscribe((event) => {
    if (isOf(event, type)) listener(event);
  });
}

function isOf<Type extends SessionEventType | '*'>(
  event: SessionEvent | null,
  type: Type,
): event is SessionEventOf<Type> {
  return type === '*' || event?.type === type;
}

/** Emits the end of the session, if that is what a change of the state is. */
export function emitEnd(hub: EventHub, before: SessionState, after: SessionState): void {
  if (before.user === undefined || after.user !== undefined) return;
  const reason = 'reason' in after ? after.reason : 'logged-out';
  if (reason !== 'none') hub.set({ type: 'session-ended', reason });
}
