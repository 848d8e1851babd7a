'use client';

import { useEffect } from 'react';

/**
 * Runs a task once the page is idle after mounting. Does nothing in browsers without `requestIdleCallback` (Safari),
 * or when the user has enabled reduced data usage.
 */
export function useIdle(task: () => unknown): void {
  useEffect(() => {
    if (typeof requestIdleCallback !== 'function' || savesData()) return;
    const id = requestIdleCallback(() => task());
    return () => cancelIdleCallback(id);
  }, [task]);
}

/** @see https://wicg.github.io/savedata/ */
function savesData(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return typeof connection === 'object' && connection !== null && 'saveData' in connection
    ? connection.saveData === true
    : false;
}
