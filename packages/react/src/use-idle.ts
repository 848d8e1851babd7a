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
type NavigatorWithConnection = Navigator & {
  readonly connection?: { readonly saveData?: boolean };
};

function savesData({ connection }: NavigatorWithConnection = navigator): boolean {
  return connection?.saveData === true;
}
