import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AuthError } from '../errors.js';
import { createRefreshTimer, type RefreshTimer } from './refresh-timer.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

let dueAt: number | null = null;
let timer: RefreshTimer;
const refresh = vi.fn<() => Promise<void>>();
const offline = new AuthError('network', 'Offline.');

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  refresh.mockReset().mockImplementation(async () => {
    dueAt = Date.now() + 59 * minuteMs;
  });
  dueAt = Date.now() + minuteMs;
  timer = createRefreshTimer({ refresh, refreshDueAt: () => dueAt });
});
afterEach(() => {
  timer.disarm();
  vi.useRealTimers();
});

const lookAway = (): void =>
  void vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
const lookBack = (): void =>
  void vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');

describe('ahead of the end', () => {
  test('it does nothing until it is armed', () => {
    expect(vi.getTimerCount()).toBe(0);
  });

  test('it refreshes when that is due, and not before', async () => {
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs - 1);
    expect(refresh).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('it goes on with the next token, by one timer at a time', async () => {
    timer.arm();
    timer.arm();
    await vi.advanceTimersByTimeAsync(2 * 60 * minuteMs);
    expect(refresh).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('it refreshes once a second at most when a refresh leaves the next one due', async () => {
    refresh.mockResolvedValue();
    dueAt = Date.now();
    timer.arm();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refresh).toHaveBeenCalledTimes(11);
  });

  test('it refreshes at once what is overdue', async () => {
    dueAt = Date.now() - dayMs;
    timer.arm();
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('it waits anew when another tab has refreshed meanwhile', async () => {
    timer.arm();
    dueAt = Date.now() + 10 * minuteMs;
    await vi.advanceTimersByTimeAsync(10 * minuteMs - 1);
    expect(refresh).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test.each([2 ** 31, 2 ** 31 + 1, 2 ** 32, 2 ** 32 + 1, 90 * dayMs])(
    'a wait of %d ms does not overflow',
    async (waitMs) => {
      dueAt = Date.now() + waitMs;
      timer.arm();
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(refresh).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(refresh).toHaveBeenCalledOnce();
    },
  );

  test('a token without an end needs no refresh and no busy timer', async () => {
    dueAt = Number.POSITIVE_INFINITY;
    timer.arm();
    await vi.advanceTimersByTimeAsync(365 * dayMs);
    expect(refresh).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('nobody to refresh for', () => {
  test('without a session there is no timer', () => {
    dueAt = null;
    timer.arm();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a session that ended meanwhile is not refreshed', async () => {
    timer.arm();
    dueAt = null;
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(refresh).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a hidden page has no timer, and one that is shown again has', async () => {
    lookAway();
    timer.arm();
    expect(vi.getTimerCount()).toBe(0);
    lookBack();
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a page hidden during a refresh sets no timer after it', async () => {
    refresh.mockImplementation(async () => lookAway());
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(refresh).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a disarmed timer stays so', async () => {
    timer.arm();
    timer.disarm();
    timer.disarm();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(refresh).not.toHaveBeenCalled();
  });

  test.each<[string, () => Promise<void>]>([
    ['succeeds', async () => {}],
    ['fails', () => Promise.reject(offline)],
  ])('a timer disarmed during a refresh that %s stays so', async (_how, end) => {
    refresh.mockImplementation(() => {
      timer.disarm();
      return end();
    });
    timer.arm();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(refresh).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('failures', () => {
  /** When each try was made, in seconds after the first. */
  async function triesIn(seconds: number): Promise<number[]> {
    const tries: number[] = [];
    const inner = refresh.getMockImplementation();
    refresh.mockImplementation(() => {
      tries.push(Date.now());
      return inner?.() ?? Promise.resolve();
    });
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs + seconds * 1000);
    return tries.map((at) => (at - tries[0]!) / 1000);
  }

  test('are followed by waits that double up to a minute', async () => {
    refresh.mockRejectedValue(offline);
    expect(await triesIn(250)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  test('are followed by waits that chance halves at most', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    refresh.mockRejectedValue(offline);
    expect(await triesIn(62)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5]);
  });

  test('go on for days without a flood or an overflow', async () => {
    refresh.mockRejectedValue(offline);
    const tries = await triesIn(2 * 24 * 3600);
    expect(tries.length).toBeGreaterThan(2 * 24 * 60 - 10);
    expect(tries.length).toBeLessThan(2 * 24 * 60 + 10);
  });

  test('are forgotten after a success', async () => {
    refresh
      .mockRejectedValueOnce(offline)
      .mockRejectedValueOnce(offline)
      .mockImplementationOnce(async () => {
        dueAt = Date.now() + minuteMs;
      })
      .mockRejectedValue(offline);
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs + 3_000);
    expect(refresh).toHaveBeenCalledTimes(3);
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(refresh).toHaveBeenCalledTimes(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refresh).toHaveBeenCalledTimes(5);
  });

  test('wait as long as the server asks', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 100 }));
    expect(await triesIn(350)).toEqual([0, 100, 200, 300]);
  });

  test('wait no less for a server that asks for no wait', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 0 }));
    expect(await triesIn(5)).toEqual([0, 1, 3]);
  });

  test('are waited for also when the page wakes up meanwhile', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 100 }));
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    timer.arm();
    await vi.advanceTimersByTimeAsync(99_999);
    expect(refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  test('are forgotten when the timer is disarmed, so that the next time begins at once', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 100 }));
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    timer.disarm();
    refresh.mockRejectedValue(offline);
    timer.arm();
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  test('of a kind nobody knows are waited for as well', async () => {
    refresh.mockRejectedValue(new TypeError('unknown'));
    expect(await triesIn(3)).toEqual([0, 1, 3]);
  });

  test('that end the session end the timer', async () => {
    refresh.mockRejectedValue(new AuthError('login_required', 'Over.'));
    expect(await triesIn(24 * 3600)).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
