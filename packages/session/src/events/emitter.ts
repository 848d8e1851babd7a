import type { EventHub } from './event-hub.js';
import type { SessionEvent } from './session-event.js';

/** Returns what emits an event; `undefined` while nothing listens, so that no event is created in vain. */
export function emitterOf(hub: EventHub): ((event: SessionEvent) => void) | undefined {
  return hub.hasListeners() ? (event) => hub.set(event) : undefined;
}
