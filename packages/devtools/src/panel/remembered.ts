import { useState } from 'react';

/** Like `useState`, for a text that the tab remembers over reloads and redirects. */
export function useRemembered(name: string, initial: string): [string, (value: string) => void] {
  const key = `sesamy-devtools/${name}`;
  const [value, setValue] = useState(() => read(key) ?? initial);
  return [
    value,
    (next) => {
      write(key, next);
      setValue(next);
    },
  ];
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Denied: the panel forgets it.
  }
}
