/** A loss of the network, for this page's scripts. Frames, images and the navigation of the page still work. */
export interface SimulatedNetwork {
  readonly isLost: () => boolean;
  readonly lose: () => void;
  readonly restore: () => void;
}

/**
 * Creates the simulation. Nothing changes until the network is lost. What has replaced `fetch` since then stays, such as
 * the devtools of another session on the page.
 */
export function createSimulatedNetwork(): SimulatedNetwork {
  let undo: (() => void) | undefined;
  const isLost = (): boolean => undo !== undefined;

  return {
    isLost,
    lose() {
      if (isLost()) return;
      const undoFetch = replaceFetch(isLost);
      const undoOnLine = replaceOnLine(isLost);
      undo = () => {
        undoFetch();
        undoOnLine();
      };
      window.dispatchEvent(new Event('offline'));
    },
    restore() {
      if (undo === undefined) return;
      undo();
      undo = undefined;
      if (navigator.onLine) window.dispatchEvent(new Event('online'));
    },
  };
}

function replaceFetch(isLost: () => boolean): () => void {
  const original = globalThis.fetch;
  const replaced: typeof fetch = (...request) =>
    isLost() ? Promise.reject(new TypeError('Failed to fetch')) : original(...request);
  globalThis.fetch = replaced;
  return () => {
    if (globalThis.fetch === replaced) globalThis.fetch = original;
  };
}

function replaceOnLine(isLost: () => boolean): () => void {
  const original = Object.getOwnPropertyDescriptor(navigator, 'onLine');
  const isOnline = (): boolean =>
    original?.get === undefined
      ? Reflect.get(Object.getPrototypeOf(navigator), 'onLine', navigator)
      : original.get.call(navigator);
  const get = (): boolean => !isLost() && isOnline();
  Object.defineProperty(navigator, 'onLine', { configurable: true, get });
  return () => {
    if (Object.getOwnPropertyDescriptor(navigator, 'onLine')?.get !== get) return;
    // Without a descriptor, the getter of the prototype shows again.
    if (original === undefined) Reflect.deleteProperty(navigator, 'onLine');
    else Object.defineProperty(navigator, 'onLine', original);
  };
}
