import type { BrowserContext, Locator, Page } from '@playwright/test';
import { runInOneEngine } from './support/one-engine.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';
import { user } from './support/user.js';

runInOneEngine(test);

test.beforeEach(async ({ context, consoleGuard }) => {
  consoleGuard.expect(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource|CORS/);
  await context.clock.install();
});

/** Lets time pass for the mock and the pages, whose timers notice. */
async function pass(context: BrowserContext, site: Site, hours: number): Promise<void> {
  site.mock.control.clock.advance({ hours });
  await context.clock.fastForward(hours * 3_600_000);
}

const loginsOf = (site: Site): number =>
  site.mock.control.requests.count({ grant: 'authorization_code' });

const notice = (page: Page): Locator =>
  page.getByRole('status').filter({ hasText: 'You are offline.' });

test('an offline reader stays logged in within the limit, and the notice says for how long', async ({
  page,
  context,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await context.setOffline(true);
  await expect(notice(page)).toContainText('You stay logged in for up to 8 hours.');
  await pass(context, site, 7);
  await expect(user.nameIn(page)).toBeVisible();
});

test('the notice that a visitor is offline promises no login', async ({ page, context }) => {
  await page.goto('/');
  await expect(user.loginButton(page)).toBeVisible();
  await context.setOffline(true);
  await expect(notice(page)).toBeVisible();
  await expect(notice(page)).not.toContainText('logged in');
});

test('an offline reader is shown as logged out beyond the limit, and is logged in again when the network is back', async ({
  page,
  context,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.goto('/how-it-works');
  await expect(user.nameIn(page)).toBeVisible();
  await context.setOffline(true);
  await pass(context, site, 9);
  await expect(page.getByRole('alert')).toContainText('The login desk did not respond.');
  await expect(page.getByRole('region', { name: 'Right now' })).toContainText(
    'Sesamy could not be reached for too long.',
  );
  await expect(user.loginButton(page)).toBeVisible();
  await context.setOffline(false);
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(loginsOf(site)).toBe(1);
});

test('a guarded page that opens beyond the limit shows no account and does not redirect until Sesamy is reached', async ({
  page,
  context,
  site,
}) => {
  await user.arriveAsAda(page, site);
  await page.goto('about:blank');
  await pass(context, site, 9);
  await context.route(`${site.issuer}**`, (route) => route.abort());
  await page.goto('/account');
  await expect(page.getByRole('alert')).toContainText('The login desk did not respond.');
  await expect(page.getByLabel('First name')).toHaveCount(0);
  await expect(page).toHaveURL('/account');
  await context.unroute(`${site.issuer}**`);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  expect(loginsOf(site)).toBe(1);
});
