import { recordNames, UNTIL_LOGIN } from '../storage/record-names.js';
import type { RecordStore } from '../storage/records.js';

/** After a `login_required`, the session is not probed again for this long, in any tab. */
export const PROBE_PAUSE_MS: number = 5 * 60_000;

/** The time during which no tab of the session probes the server. */
export interface ProbePause {
  /** Resolves to the state of the pause. */
  read(): Promise<{ readonly isPaused: boolean; readonly isLoggedOut: boolean }>;
  /** Pauses probes until the given time. Resolves to `false`, without a change, if the user has logged out. */
  set(until: number): Promise<boolean>;
  /** Ends the pause, also that of a logout. Does not reject. */
  end(): Promise<void>;
}

/** Creates the pause of the session with this key. */
export function createProbePause(key: string, records: RecordStore): ProbePause {
  const name = recordNames(key).quietUntil;
  return {
    async read() {
      const until = await records.get(name).catch(() => 0);
      const isLoggedOut = until === UNTIL_LOGIN;
      const leftMs = typeof until === 'number' ? until - Date.now() : 0;
      // A clock that was ahead when the pause was stored must not extend it.
      return { isLoggedOut, isPaused: isLoggedOut || (leftMs > 0 && leftMs <= PROBE_PAUSE_MS) };
    },
    async set(until) {
      let isOpen = true;
      const change = (old: unknown): unknown => {
        isOpen = old !== UNTIL_LOGIN;
        return isOpen ? until : old;
      };
      // If the pause cannot be stored, the server is probed again.
      await records.update(name, change).catch(() => {});
      return isOpen;
    },
    end: () => records.update(name, () => 0).catch(() => {}),
  };
}
