import type { Session, SessionState } from '@sesamy-kit/session';

/** A state, and since when the session has it, in epoch milliseconds. */
export interface SeenState {
  readonly at: number;
  readonly state: SessionState;
}

/** The states of a session until something else records them. */
export interface EarlyStates {
  /** Stops, and returns the states that were seen, oldest first. */
  readonly take: () => readonly SeenState[];
}

/** Records the states of a session while the panel loads. */
export function watchEarlyStates(session: Session): EarlyStates {
  const seen: SeenState[] = [];
  const record = (): void => {
    const state = session.getSnapshot();
    if (state !== seen.at(-1)?.state) seen.push({ at: Date.now(), state });
  };
  record();
  const stop = session.subscribe(record);
  return {
    take() {
      stop();
      return seen;
    },
  };
}
