/** A loss of the network, for this page's scripts. Frames, images and the navigation of the page still work. */
export interface SimulatedNetwork {
  readonly isLost: () => boolean;
  readonly lose: () => void;
  readonly restore: () => void;
}

/** Creates the simulation. Nothing changes until the network is lost. */
export function createSimulatedNetwork(): SimulatedNetwork {
  let original: typeof fetch | undefined;

  return {
    isLost: () => original !== undefined,
    lose() {
      if (original !== undefined) return;
      original = globalThis.fetch;
      globalThis.fetch = () => Promise.reject(new TypeError('Failed to fetch'));
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
      window.dispatchEvent(new Event('offline'));
    },
    restore() {
      if (original === undefined) return;
      globalThis.fetch = original;
      original = undefined;
      // The getter of the prototype shows again.
      Reflect.deleteProperty(navigator, 'onLine');
      window.dispatchEvent(new Event('online'));
    },
  };
}
