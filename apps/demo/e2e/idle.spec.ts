import type { Page } from '@playwright/test';
import { expect, stateOf, test } from './support/harness-test.js';
import { runInOneEngine } from './support/one-engine.js';

runInOneEngine(test);

const idleOf = (page: Page): ReturnType<Page['locator']> => page.locator('#idle');

test('activity in one tab averts the idle logout in all, and one of them logs out in the end', async ({
  context,
  harness,
  site,
}) => {
  await context.clock.install();
  const first = await harness.open(context);
  await first.evaluate(() => localStorage.setItem('harness-idle', ''));
  await harness.logIn(first);
  const second = await harness.open(context);
  await expect(idleOf(first)).toHaveText('active');
  await expect(idleOf(second)).toHaveText('active');

  await context.clock.fastForward(550_000);
  await expect(idleOf(first)).toHaveText(/^warning \d+$/);
  await expect(idleOf(second)).toHaveText(/^warning \d+$/);
  await second.mouse.move(20, 20);
  await second.mouse.move(40, 40);
  await expect(idleOf(second)).toHaveText('active');
  await expect(idleOf(first)).toHaveText('active');

  await context.clock.fastForward(550_000);
  await expect(stateOf(first)).toHaveText('authenticated');
  await context.clock.fastForward(60_000);
  await expect(stateOf(first)).toHaveText(/unauthenticated/);
  await expect(stateOf(second)).toHaveText(/unauthenticated/);
  expect(site.mock.control.requests.count({ endpoint: 'logout' })).toBe(1);
});
