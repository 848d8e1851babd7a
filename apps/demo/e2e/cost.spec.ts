import { runInOneEngine } from './support/one-engine.js';
import { expect, test } from './support/harness-test.js';
import { passTime } from './support/pass-time.js';
import { refreshCount } from './support/refreshes.js';

const calls = 10_000;

test('ten thousand calls with a fresh token send no request', async ({
  context,
  harness,
  site,
}, testInfo) => {
  const page = await harness.open(context);
  await harness.logIn(page);
  site.requests.length = 0;
  const microseconds = await page.evaluate(async (count) => {
    const startedAt = performance.now();
    for (let call = 0; call < count; call += 1) await session.getAccessToken();
    return ((performance.now() - startedAt) * 1000) / count;
  }, calls);
  expect(site.requests).toEqual([]);
  testInfo.annotations.push({
    type: 'cost',
    description: `getAccessToken() with a fresh token: ${microseconds.toFixed(2)} µs per call`,
  });
});

test.describe(() => {
  runInOneEngine(test);

  test('ten thousand calls during one refresh cost one request', async ({
    context,
    harness,
    site,
  }) => {
    const page = await harness.open(context);
    await harness.logIn(page);
    await passTime(site, page, { hours: 2 });
    const tokens = await page.evaluate(async (count) => {
      const requests = Array.from({ length: count }, () => session.getAccessToken());
      return new Set(await Promise.all(requests)).size;
    }, calls);
    expect(tokens).toBe(1);
    expect(refreshCount(site)).toBe(1);
  });
});
