import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSesamySession } from './create-session.js';

/** The channels to other tabs that are open; a session has one while it follows them. */
let open: Set<object>;

beforeEach(() => {
  open = new Set();
  vi.stubGlobal(
    'BroadcastChannel',
    class {
      constructor() {
        open.add(this);
      }
      postMessage(): void {}
      addEventListener(): void {}
      close(): void {
        open.delete(this);
      }
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

describe('following the other tabs', () => {
  test('a session follows other tabs from its first listener to its last', () => {
    const { subscribe } = createSesamySession({ clientId: 'publisher-web' });
    expect(open.size).toBe(0);
    const stops = [subscribe(() => {}), subscribe(() => {})];
    expect(open.size).toBe(1);
    stops[0]?.();
    expect(open.size).toBe(1);
    stops[1]?.();
    expect(open.size).toBe(0);
    subscribe(() => {})();
    expect(open.size).toBe(0);
  });

  test('a listener that unsubscribes twice does not stop another listener', () => {
    const { subscribe } = createSesamySession({ clientId: 'publisher-web' });
    const stop = subscribe(() => {});
    const stopLast = subscribe(() => {});
    stop();
    stop();
    expect(open.size).toBe(1);
    stopLast();
    expect(open.size).toBe(0);
    const stopAgain = subscribe(() => {});
    expect(open.size).toBe(1);
    stopAgain();
  });
});
