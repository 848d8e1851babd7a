/** A number that all tabs of the origin can read, such as an instant; 0 when there is none, or no storage. */
export function readMark(name: string): number {
  try {
    return Number(localStorage.getItem(name)) || 0;
  } catch {
    return 0;
  }
}

/** Leaves a mark; 0 takes it away. */
export function writeMark(name: string, value: number): void {
  try {
    if (value === 0) localStorage.removeItem(name);
    else localStorage.setItem(name, `${value}`);
  } catch {
    // What cannot be remembered is asked again.
  }
}
