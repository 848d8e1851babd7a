import { runInOneEngine } from './support/one-engine.js';
import type { Page } from '@playwright/test';
import { beginLogin, exchangeCount } from './support/callbacks.js';
import { user } from './support/user.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';

async function expectSignedIn(page: Page, site: Site): Promise<void> {
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  await expect(page.getByRole('alert')).toHaveCount(0);
}

test('a callback opened in two tabs is exchanged once, and both are signed in', async ({
  page,
  context,
  site,
}) => {
  const callbackUrl = await beginLogin(page, site);
  const other = await context.newPage();
  await Promise.all([page.goto(callbackUrl), other.goto(callbackUrl)]);
  await expectSignedIn(page, site);
  await expectSignedIn(other, site);
  expect(exchangeCount(site)).toBe(1);
});

test.describe(() => {
  runInOneEngine(test);

  test('a callback opened again, as from a bookmark, does not change the session', async ({
    page,
    site,
  }) => {
    const callbackUrl = await beginLogin(page, site);
    await page.goto(callbackUrl);
    await expectSignedIn(page, site);
    await page.goto(callbackUrl);
    await expectSignedIn(page, site);
    await page.reload();
    await expectSignedIn(page, site);
    expect(exchangeCount(site)).toBe(1);
  });

  test('a login finished in another tab signs both in', async ({ page, context, site }) => {
    const reading = await context.newPage();
    await reading.goto('/stories/fog-in-nine-kinds');
    await expect(user.loginButton(reading)).toBeVisible();
    const callbackUrl = await beginLogin(page, site);
    const mailLink = await context.newPage();
    await mailLink.goto(callbackUrl);
    await expectSignedIn(mailLink, site);
    await expect(user.nameIn(reading)).toBeVisible();
  });

  test('concurrent logins of two tabs both finish', async ({ page, context, site }) => {
    const other = await context.newPage();
    const first = await beginLogin(page, site);
    const second = await beginLogin(other, site);
    await other.goto(second);
    await expectSignedIn(other, site);
    await page.goto(first);
    await expectSignedIn(page, site);
    await expect(user.nameIn(other)).toBeVisible();
  });

  test('Back from a page after the login does not reach the callback', async ({ page, site }) => {
    await user.logIn(page);
    await user.nameIn(page).click();
    await expect(page.getByLabel('First name')).toHaveValue('Ada');
    await page.goBack();
    await expectSignedIn(page, site);
    expect(exchangeCount(site)).toBe(1);
  });
});
