import { report } from './platform/report.js';

/** A value and its listeners. */
export interface Store<Value> {
  get(): Value;
  /** Sets the value and notifies the listeners. Reports what a listener throws. */
  set(value: Value): void;
  /** Returns a function that removes the listener and returns whether it was still there. */
  subscribe(listener: (value: Value) => void): () => boolean;
  hasListeners(): boolean;
}

/**
 * Creates a store. Setting an identical value notifies no listener.
 * @param onChange called with each change, before the listeners
 */
export function createStore<Value>(
  initial: Value,
  onChange?: (before: Value, after: Value) => void,
): Store<Value> {
  const listeners = new Set<(value: Value) => void>();
  let current = initial;
  return {
    get: () => current,
    set(value) {
      if (Object.is(current, value)) return;
      const before = current;
      current = value;
      onChange?.(before, value);
      for (const listener of [...listeners]) notify(listener, value);
    },
    subscribe(listener) {
      // The wrapper lets one function subscribe twice and unsubscribe once.
      const entry = (value: Value): void => listener(value);
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    hasListeners: () => listeners.size > 0,
  };
}

function notify<Value>(listener: (value: Value) => void, value: Value): void {
  try {
    listener(value);
  } catch (error) {
    report(error);
  }
}
