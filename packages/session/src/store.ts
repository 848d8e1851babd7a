import { report } from './platform/report.js';

/** A value and those who want to hear of its changes. */
export interface Store<Value> {
  get(): Value;
  /** Sets the value and notifies the listeners. What a listener throws is reported and stops nothing. */
  set(value: Value): void;
  /** Returns how to stop; that says whether the listener was still there. */
  subscribe(listener: () => void): () => boolean;
}

/** Makes a store; setting an equal reference notifies nobody. */
export function createStore<Value>(initial: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (Object.is(current, value)) return;
      current = value;
      for (const listener of [...listeners]) notify(listener);
    },
    subscribe(listener) {
      // A wrapper of its own lets one function subscribe twice and unsubscribe once.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}

function notify(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    report(error);
  }
}
