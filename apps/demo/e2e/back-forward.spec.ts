import { expect, goBackToCache, reportRestoration, test } from './support/bfcache-test.js';
import { user } from './support/user.js';

test.skip(
  ({ launchOptions }) => launchOptions.executablePath?.endsWith('-headless-shell') === true,
  'The headless shell has no back/forward cache; Firefox and the whole Chromium have.',
);

test('Back after a logout shows no part of the account in any frame', async ({ page, site }) => {
  await user.arriveAsAda(page, site);
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await reportRestoration(page, site);
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page).toHaveURL(site.url);
  await expect(user.loginButton(page)).toBeVisible();
  const { text } = await goBackToCache(page, site);
  expect(text).toContain('You are logged out.');
  expect(text).not.toMatch(/Ada|Lovelace/);
});

test('Back from the login page shows a page with a working login', async ({ page, site }) => {
  await page.goto('/stories/fog-in-nine-kinds');
  await expect(user.loginButton(page)).toBeVisible();
  await reportRestoration(page, site);
  await user.loginButton(page).click();
  await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
  const { enabledButtons } = await goBackToCache(page, site);
  expect(enabledButtons).toContain('Log in');
});
