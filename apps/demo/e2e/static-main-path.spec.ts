import { expect, test } from './support/static-site-test.js';
import { user } from './support/user.js';

test('the static build logs a reader in at the mock in the browser, edits the profile and logs out', async ({
  page,
  site,
}) => {
  await page.goto('./');
  await user.loginButton(page).click();
  await expect(page).toHaveURL((url) => url.href.startsWith(`${site.issuer}u/login/identifier?`));
  await user.continueAsAda(page);
  await expect(page).toHaveURL(site.url);

  await user.nameIn(page).click();
  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status').getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(`${site.url}account`);
  await expect(page.getByLabel('First name')).toHaveValue('Augusta');

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(user.loginButton(page)).toBeVisible();
  await expect(page).toHaveURL(site.url);
  await page.getByRole('link', { name: 'Your account' }).click();
  await expect(page.getByRole('button', { name: 'Continue as Augusta Lovelace' })).toBeVisible();
});
