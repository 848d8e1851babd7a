import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateGate } from './rate-gate.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a clock set back by an hour keeps the rate gate closed for at most one window', async () => {
  const gate = createRateGate(1, 120_000);
  gate.close(10);
  vi.setSystemTime(Date.now() - 3_600_000);
  const passed = gate.pass(async () => 'sent');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await passed).toBe('sent');
});
