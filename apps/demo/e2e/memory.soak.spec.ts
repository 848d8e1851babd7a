import { expect, stateOf, test } from './support/harness-test.js';
import { expectNoReuse, refreshCount } from './support/refreshes.js';

/** The browser's own buffers of past requests and the last 1,000 console messages are full by then. */
const warmUp = 1_500;
const cycles = 1_000;

test(
  'a thousand refreshes leak no memory',
  { tag: '@soak' },
  async ({ context, harness, site, browserName }, testInfo) => {
    test.skip(browserName !== 'chromium', 'Only Chromium reports the memory of a page.');
    const page = await harness.open(context);
    await harness.logIn(page);
    const devtools = await context.newCDPSession(page);

    const refresh = (times: number): Promise<void> =>
      page.evaluate(async (count) => {
        // No token lives that long, so each call is a refresh.
        const options = { minValiditySeconds: 7_200 };
        for (let call = 0; call < count; call += 1) await session.getAccessToken(options);
      }, times);
    const heapBytes = async (): Promise<number> => {
      await devtools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devtools.send('Runtime.getHeapUsage');
      return usedSize;
    };

    await refresh(warmUp);
    const before = await heapBytes();
    await refresh(cycles);
    const grownBytes = async (): Promise<number> => (await heapBytes()) - before;
    const atOnce = await grownBytes();
    // A promise or a closure kept for each refresh would be more than that. The browser keeps each request's time limit
    // until it would have run out.
    await expect
      .poll(async () => (await grownBytes()) / cycles, { timeout: 60_000, intervals: [1_000] })
      .toBeLessThan(32);

    testInfo.annotations.push({
      type: 'memory',
      description: `heap of ${before} bytes; after ${cycles} refreshes ${atOnce} more, later ${await grownBytes()}`,
    });
    expect(refreshCount(site)).toBe(warmUp + cycles);
    expectNoReuse(site);
    await expect(stateOf(page)).toHaveText('authenticated');
  },
);
