import type { Page } from '@playwright/test';
import { exchangeCount } from './support/callbacks.js';
import { expect, stateOf, test } from './support/harness-test.js';
import { runInOneEngine } from './support/one-engine.js';
import { refreshCount } from './support/refreshes.js';
import type { Site } from './support/site.js';

runInOneEngine(test);

const hourMs = 3_600_000;

/** Offsets the device's clock from the server's; it keeps running. */
function setDevice(page: Page, site: Site, hours: number): Promise<void> {
  return page.context().clock.setSystemTime(site.mock.control.clock.now() + hours * hourMs);
}

async function requestToken(page: Page, times: number): Promise<void> {
  await page.evaluate(async (count) => {
    for (let call = 0; call < count; call += 1) await session.getAccessToken();
  }, times);
}

for (const hours of [-11, 11]) {
  const wrong = hours < 0 ? 'behind' : 'ahead';
  const jump = hours < 0 ? 'back' : 'ahead';

  test(`a device whose clock is hours ${wrong} logs in, and refreshes once a token has expired`, async ({
    context,
    harness,
    site,
  }) => {
    await context.clock.setSystemTime(site.mock.control.clock.now() + hours * hourMs);
    const page = await harness.open(context);
    await harness.logIn(page);
    await requestToken(page, 100);
    expect(refreshCount(site)).toBe(0);
    site.mock.control.clock.advance({ hours: 2 });
    await setDevice(page, site, hours);
    await requestToken(page, 100);
    expect(refreshCount(site)).toBe(1);
    expect(exchangeCount(site)).toBe(1);
    await expect(stateOf(page)).toHaveText('authenticated');
  });

  test(`a clock that jumps hours ${jump} during use costs one refresh and keeps the session`, async ({
    context,
    harness,
    site,
  }) => {
    const page = await harness.open(context);
    await harness.logIn(page);
    await setDevice(page, site, hours);
    await requestToken(page, 100);
    await page.reload();
    await requestToken(page, 100);
    await expect(stateOf(page)).toHaveText('authenticated');
    expect(refreshCount(site)).toBe(1);
  });
}
