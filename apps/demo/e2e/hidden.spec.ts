import type { Page } from '@playwright/test';
import { expect, test } from './support/harness-test.js';
import { refreshCount } from './support/refreshes.js';

/** Browsers that are driven call all tabs visible, so the page is told. */
function setVisibility(page: Page, state: DocumentVisibilityState): Promise<void> {
  return page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', {
      value: visibilityState,
      configurable: true,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

test('a hidden page asks for nothing as time goes by, and catches up when it is looked at', async ({
  context,
  harness,
  site,
}) => {
  await context.clock.install();
  const page = await harness.open(context);
  await harness.logIn(page);
  await setVisibility(page, 'hidden');
  site.requests.length = 0;
  site.mock.control.clock.advance({ hours: 12 });
  await context.clock.fastForward('12:00:00');
  // Had a timer fired, its request would be there before the answer to this one.
  await page.evaluate((issuer) => fetch(`${issuer}.well-known/jwks.json`), site.issuer);
  expect(site.requests.map(({ path }) => path)).toEqual(['/.well-known/jwks.json']);
  await setVisibility(page, 'visible');
  await expect.poll(() => refreshCount(site)).toBe(1);
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
