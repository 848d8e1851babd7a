import { createContext, useContext, useSyncExternalStore } from 'react';
import type { SessionState } from '@sesamy-kit/session';
import type { DevtoolsModel, Switches } from '../model/devtools-model.js';
import type { Log } from '../model/log.js';

/** What all parts of the panel share. */
export interface PanelContextValue {
  readonly model: DevtoolsModel;
  readonly mockUrl: string | undefined;
}

/** The context of the panel. */
export const PanelContext: React.Context<PanelContextValue | null> =
  createContext<PanelContextValue | null>(null);

/** Returns what the panel's parts share. */
export function usePanel(): PanelContextValue {
  const value = useContext(PanelContext);
  if (value === null) throw new Error('The panel has no context.');
  return value;
}

/** Returns the session's state. */
export function useSessionState(): SessionState {
  const { session } = usePanel().model;
  return useSyncExternalStore(session.subscribe, session.getSnapshot);
}

/** Returns the entries of a log. */
export function useLog<Entry>(log: Log<Entry>): readonly Entry[] {
  return useSyncExternalStore(log.subscribe, log.read);
}

/** Returns what is simulated. */
export function useSwitches(): Switches {
  const { model } = usePanel();
  return useSyncExternalStore(model.subscribeToSwitches, model.readSwitches);
}
