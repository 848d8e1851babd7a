import { runInOneEngine } from './support/one-engine.js';
import type { Page } from '@playwright/test';
import { expect, test } from './support/harness-test.js';
import { refreshCount } from './support/refreshes.js';
import type { Site } from './support/site.js';

/** Automated browsers report all tabs as visible, so the test overrides it. */
function setVisibility(visibilityState: string): void {
  Object.defineProperty(document, 'visibilityState', {
    value: visibilityState,
    configurable: true,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Advances time by half a day and returns the page's requests meanwhile. */
async function passHalfADay(page: Page, site: Site): Promise<string[]> {
  site.requests.length = 0;
  site.mock.control.clock.advance({ hours: 12 });
  await page.context().clock.fastForward('12:00:00');
  // The request of a timer would arrive before the response to this one.
  await page.evaluate((issuer) => fetch(`${issuer}.well-known/jwks.json`), site.issuer);
  return site.requests.map(({ path }) => path).filter((path) => !path.endsWith('/jwks.json'));
}

test('a hidden page sends no requests over time, and revalidates when it becomes visible', async ({
  context,
  harness,
  site,
}) => {
  await context.clock.install();
  const page = await harness.open(context);
  await harness.logIn(page);
  await page.evaluate(setVisibility, 'hidden');
  expect(await passHalfADay(page, site)).toEqual([]);
  await page.evaluate(setVisibility, 'visible');
  await expect.poll(() => refreshCount(site)).toBe(1);
});

test.describe(() => {
  runInOneEngine(test);

  test('a page opened in the background sends no requests over time', async ({
    context,
    harness,
    site,
  }) => {
    await context.clock.install();
    await context.addInitScript(setVisibility, 'hidden');
    const page = await harness.open(context);
    await harness.logIn(page);
    expect(await passHalfADay(page, site)).toEqual([]);
  });

  test('a visible page refreshes before expiry without a call', async ({
    context,
    harness,
    site,
  }) => {
    await context.clock.install();
    const page = await harness.open(context);
    await harness.logIn(page);
    site.mock.control.clock.advance({ minutes: 59, seconds: 30 });
    await context.clock.fastForward('59:30');
    await expect.poll(() => refreshCount(site)).toBe(1);
  });
});
