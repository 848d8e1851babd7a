import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isVisible, watchPage } from './lifecycle.js';

const onWake = vi.fn<() => void>();
const onSleep = vi.fn<() => void>();
const onHide = vi.fn<() => void>();
const onRestored = vi.fn<() => void>();
beforeEach(() => {
  for (const listener of [onWake, onSleep, onHide, onRestored]) listener.mockReset();
});

function watch(): () => void {
  const stop = watchPage({ onWake, onSleep, onHide, onRestored });
  onTestFinished(stop);
  return stop;
}

function turn(visibility: DocumentVisibilityState): void {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  document.dispatchEvent(new Event('visibilitychange'));
}

function showPage(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }));
}

const calls = (): number[] => [onWake, onSleep, onRestored].map(({ mock }) => mock.calls.length);

describe('a watched page', () => {
  test('sleeps when it is hidden and wakes when it is shown', () => {
    watch();
    turn('hidden');
    expect([...calls(), isVisible()]).toEqual([0, 1, 0, false]);
    turn('visible');
    expect([...calls(), isVisible()]).toEqual([1, 1, 0, true]);
  });

  test('wakes when the network comes back', () => {
    watch();
    window.dispatchEvent(new Event('online'));
    expect(calls()).toEqual([1, 0, 0]);
  });

  test('is restored when it comes out of the back/forward cache, and not when it is loaded', () => {
    watch();
    showPage(false);
    expect(calls()).toEqual([0, 0, 0]);
    showPage(true);
    expect(calls()).toEqual([0, 0, 1]);
  });

  test('is heard of no more by whoever stopped, and by others still', () => {
    const stop = watch();
    stop();
    stop();
    turn('hidden');
    showPage(true);
    expect(calls()).toEqual([0, 0, 0]);
    watch();
    window.dispatchEvent(new Event('online'));
    expect(calls()).toEqual([1, 0, 0]);
  });
});
