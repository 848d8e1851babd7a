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

describe('before expiry', () => {
  test('a refresh timer does nothing until it is armed', () => {
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a refresh timer refreshes when due, and not before', async () => {
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs - 1);
    expect(refresh).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a refresh timer continues with the next token, one timer at a time', async () => {
    timer.arm();
    timer.arm();
    await vi.advanceTimersByTimeAsync(2 * 60 * minuteMs);
    expect(refresh).toHaveBeenCalledTimes(3);
    expect(vi.getTimerCount()).toBe(1);
  });

  test('a refresh timer refreshes at most once a second if the next refresh is always due', async () => {
    refresh.mockResolvedValue();
    dueAt = Date.now();
    timer.arm();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refresh).toHaveBeenCalledTimes(11);
  });

  test('a refresh timer refreshes an overdue token immediately', async () => {
    dueAt = Date.now() - dayMs;
    timer.arm();
    await vi.advanceTimersByTimeAsync(0);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a refresh timer waits again if another tab has refreshed', async () => {
    timer.arm();
    dueAt = Date.now() + 10 * minuteMs;
    await vi.advanceTimersByTimeAsync(10 * minuteMs - 1);
    expect(refresh).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test.each([2 ** 31, 2 ** 31 + 1, 2 ** 32, 2 ** 32 + 1, 90 * dayMs])(
    "a refresh timer's delay of %d ms does not overflow",
    async (waitMs) => {
      dueAt = Date.now() + waitMs;
      timer.arm();
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(refresh).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(refresh).toHaveBeenCalledOnce();
    },
  );

  test('a refresh timer does not run for a token without a due time', async () => {
    dueAt = Number.POSITIVE_INFINITY;
    timer.arm();
    await vi.advanceTimersByTimeAsync(365 * dayMs);
    expect(refresh).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(1);
  });
});

describe('without a session or a visible page', () => {
  test('a refresh timer does not run without a session', () => {
    dueAt = null;
    timer.arm();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a refresh timer does not refresh a session that has ended', async () => {
    timer.arm();
    dueAt = null;
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(refresh).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a refresh timer runs in a visible page only', async () => {
    lookAway();
    timer.arm();
    expect(vi.getTimerCount()).toBe(0);
    lookBack();
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a page hidden during a refresh sets no refresh timer after it', async () => {
    refresh.mockImplementation(async () => lookAway());
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    expect(refresh).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a disarmed refresh timer stays disarmed', async () => {
    timer.arm();
    timer.disarm();
    timer.disarm();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect(refresh).not.toHaveBeenCalled();
  });

  test.each<[string, () => Promise<void>]>([
    ['succeeds', async () => {}],
    ['fails', () => Promise.reject(offline)],
  ])('a refresh timer disarmed during a refresh that %s stays disarmed', async (_how, end) => {
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

  test('failed refreshes are retried with delays that double up to a minute', async () => {
    refresh.mockRejectedValue(offline);
    expect(await triesIn(250)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  test('the jitter of a retry at most halves its delay', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    refresh.mockRejectedValue(offline);
    expect(await triesIn(62)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 61.5]);
  });

  test('days of failed refreshes cause no flood and no overflow', async () => {
    refresh.mockRejectedValue(offline);
    const tries = await triesIn(2 * 24 * 3600);
    expect(tries.length).toBeGreaterThan(2 * 24 * 60 - 10);
    expect(tries.length).toBeLessThan(2 * 24 * 60 + 10);
  });

  test('a successful refresh resets the back-off', async () => {
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

  test("a failed refresh is retried after the server's Retry-After", async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 100 }));
    expect(await triesIn(350)).toEqual([0, 100, 200, 300]);
  });

  test('a Retry-After of zero does not shorten the back-off', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 0 }));
    expect(await triesIn(5)).toEqual([0, 1, 3]);
  });

  test('a page that wakes does not skip the back-off', async () => {
    refresh.mockRejectedValue(new AuthError('network', 'Busy.', { retryAfterSeconds: 100 }));
    timer.arm();
    await vi.advanceTimersByTimeAsync(minuteMs);
    timer.arm();
    await vi.advanceTimersByTimeAsync(99_999);
    expect(refresh).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(1);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  test('disarming the refresh timer resets the back-off', async () => {
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

  test('an unknown error is retried with back-off as well', async () => {
    refresh.mockRejectedValue(new TypeError('unknown'));
    expect(await triesIn(3)).toEqual([0, 1, 3]);
  });

  test('a refresh that ends the session stops the timer', async () => {
    refresh.mockRejectedValue(new AuthError('login_required', 'Over.'));
    expect(await triesIn(24 * 3600)).toEqual([0]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
