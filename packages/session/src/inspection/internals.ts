import type { SessionEntry } from '../entry/session-entry.js';

/** What a session shows the devtools. */
export type SessionInternals = Pick<SessionEntry, 'options' | 'probe' | 'core' | 'loadCore'>;

/** The key of a session's internals. Any copy of the kit finds it. Not for apps. */
export const INTERNALS: unique symbol = Symbol.for('sesamy-kit');

/** A session with its internals, which no serialization of the session shows. They hold no token. */
export interface Inspectable {
  readonly [INTERNALS]: () => SessionInternals;
}
