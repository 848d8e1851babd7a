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
  test('a watched page sleeps when hidden and wakes when visible', () => {
    watch();
    turn('hidden');
    expect([...calls(), isVisible()]).toEqual([0, 1, 0, false]);
    turn('visible');
    expect([...calls(), isVisible()]).toEqual([1, 1, 0, true]);
  });

  test('a watched page wakes when the network is back', () => {
    watch();
    window.dispatchEvent(new Event('online'));
    expect(calls()).toEqual([1, 0, 0]);
  });

  test('a watched page is restored from the back/forward cache, but not when it loads', () => {
    watch();
    showPage(false);
    expect(calls()).toEqual([0, 0, 0]);
    showPage(true);
    expect(calls()).toEqual([0, 0, 1]);
  });

  test('a watcher that has stopped is not notified, and others are', () => {
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
