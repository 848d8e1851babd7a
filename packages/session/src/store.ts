/** A value and those who want to hear of its changes. */
export interface Store<Value> {
  get(): Value;
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
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      // A wrapper of its own lets one function subscribe twice and unsubscribe once.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}
