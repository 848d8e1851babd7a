import { runInOneEngine } from './support/one-engine.js';
import type { Page } from '@playwright/test';
import { expect, test } from './support/harness-test.js';
import { refreshCount } from './support/refreshes.js';
import type { Site } from './support/site.js';

/** Browsers that are driven call all tabs visible, so the page is told. */
function setVisibility(visibilityState: string): void {
  Object.defineProperty(document, 'visibilityState', {
    value: visibilityState,
    configurable: true,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Lets half a day go by, and returns what the page asked for meanwhile. */
async function passHalfADay(page: Page, site: Site): Promise<string[]> {
  site.requests.length = 0;
  site.mock.control.clock.advance({ hours: 12 });
  await page.context().clock.fastForward('12:00:00');
  // Had a timer fired, its request would be there before the answer to this one.
  await page.evaluate((issuer) => fetch(`${issuer}.well-known/jwks.json`), site.issuer);
  return site.requests.map(({ path }) => path).filter((path) => !path.endsWith('/jwks.json'));
}

test('a page that was hidden asks for nothing as time goes by, and catches up when it is looked at', async ({
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

  test('a page that was opened in the background asks for nothing as time goes by', async ({
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

  test('a visible page refreshes ahead of expiry without being asked', async ({
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
