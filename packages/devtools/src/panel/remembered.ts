import { useState } from 'react';
import { usePanel } from './panel-context.js';

/** Like `useState`, for a text that the tab remembers for each session, over reloads and redirects. */
export function useRemembered(name: string, initial: string): [string, (value: string) => void] {
  const { inspection, clientId } = usePanel().model.session;
  const key = `sesamy-devtools/${inspection?.key ?? clientId}/${name}`;
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
