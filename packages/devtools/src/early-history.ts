import type { Session, SessionEvent, SessionState } from '@sesamy-kit/session';

/** A state or an event of a session, and when it was seen, in epoch milliseconds. */
export type Seen =
  | { readonly at: number; readonly state: SessionState }
  | { readonly at: number; readonly event: SessionEvent };

/** The history of a session until something else records it. */
export interface EarlyHistory {
  /** Stops, and returns what was seen, oldest first. */
  readonly take: () => readonly Seen[];
}

/** Records the history of a session while the panel loads. */
export function watchEarlyHistory(session: Session): EarlyHistory {
  const seen: Seen[] = [];
  let last: SessionState | undefined;
  const recordState = (): void => {
    const state = session.getSnapshot();
    if (state === last) return;
    last = state;
    seen.push({ at: Date.now(), state });
  };
  recordState();
  const stops = [
    session.subscribe(recordState),
    session.on('*', (event) => seen.push({ at: Date.now(), event })),
  ];
  return {
    take() {
      for (const stop of stops) stop();
      return seen;
    },
  };
}
