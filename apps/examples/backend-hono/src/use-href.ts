import { useSyncExternalStore } from 'react';

/** The page's address. After a login it changes without a reload: the kit replaces it, and dispatches `popstate`. */
export function useHref(): string {
  return useSyncExternalStore(subscribe, () => location.href);
}

function subscribe(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}
