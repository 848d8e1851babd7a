/** Counts the logouts of a session in this page, so that work which began before one can tell. */
export interface Logouts {
  readonly add: () => void;
  /** Returns a function that returns whether there was a logout since. */
  readonly watch: () => () => boolean;
}

/** Creates the counter. */
export function countLogouts(): Logouts {
  let count = 0;
  return {
    add: () => void (count += 1),
    watch() {
      const before = count;
      return () => count > before;
    },
  };
}
