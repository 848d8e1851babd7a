import type { Session } from '@sesamy-kit/session';
import { createSimulatedNetwork } from './network.js';
import { createRecorder, type Recorder } from './recorder.js';
import { adaptSession, type SessionAdapter } from './session-adapter.js';
import { createStepUp } from './step-up.js';

/** A switch that the developer sets. */
export interface Switches {
  readonly isOffline: boolean;
  readonly isStepUpDue: boolean;
}

/** All that the panel shows and does, without its looks. */
export interface DevtoolsModel {
  readonly session: SessionAdapter;
  readonly recorder: Recorder;
  readonly readSwitches: () => Switches;
  readonly subscribeToSwitches: (listener: () => void) => () => void;
  readonly setOffline: (isOffline: boolean) => void;
  readonly setStepUp: (isDue: boolean) => void;
  /** Stops recording, and undoes what is simulated. */
  readonly stop: () => void;
}

/** Starts to watch a session. */
export function createDevtoolsModel(given: Session): DevtoolsModel {
  const session = adaptSession(given);
  const listeners = new Set<() => void>();
  const network = createSimulatedNetwork();
  const stepUp = createStepUp(changed);
  let switches: Switches = { isOffline: false, isStepUpDue: false };

  function changed(): void {
    switches = { isOffline: network.isLost(), isStepUpDue: stepUp.isArmed() };
    for (const listener of listeners) listener();
  }

  const recorder = createRecorder(session, (request) => {
    // The app's own `fetch` may not use the page's.
    if (network.isLost()) throw new TypeError('Failed to fetch');
    return stepUp.respond(request);
  });
  return {
    session,
    recorder,
    readSwitches: () => switches,
    subscribeToSwitches(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setOffline(isOffline) {
      if (isOffline) network.lose();
      else network.restore();
      recorder.note(isOffline ? 'Network lost' : 'Network back');
      changed();
    },
    setStepUp(isDue) {
      if (isDue) stepUp.arm();
      else stepUp.disarm();
    },
    stop() {
      network.restore();
      recorder.stop();
    },
  };
}
