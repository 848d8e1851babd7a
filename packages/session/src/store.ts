import { report } from './platform/report.js';

/** A value and its listeners. */
export interface Store<Value> {
  get(): Value;
  /** Sets the value and notifies the listeners. Reports what a listener throws. */
  set(value: Value): void;
  /** Returns a function that removes the listener and returns whether it was still there. */
  subscribe(listener: () => void): () => boolean;
  hasListeners(): boolean;
}

/** Creates a store. Setting an identical value notifies no listener. */
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
      // The wrapper lets one function subscribe twice and unsubscribe once.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    hasListeners: () => listeners.size > 0,
  };
}

function notify(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    report(error);
  }
}
