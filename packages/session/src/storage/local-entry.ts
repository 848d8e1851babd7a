/** Returns an entry of localStorage: `null` if there is none, `undefined` if storage is denied. */
export function readEntry(name: string): string | null | undefined {
  try {
    return localStorage.getItem(name);
  } catch {
    return undefined;
  }
}

/** Sets an entry, if the browser allows it. */
export function writeEntry(name: string, text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // The caller keeps the value for the life of the page.
  }
}

/** Removes an entry. */
export function removeEntry(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {
    // Without storage there is nothing to remove.
  }
}
