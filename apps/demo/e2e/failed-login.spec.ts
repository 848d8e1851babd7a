import { expect, test } from './support/test.js';
import { user } from './support/user.js';

test('a cancelled login is reported and not repeated', async ({ page, site }) => {
  await page.goto('/stories/wind-over-tide');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  await expect(page).toHaveURL(`${site.url}stories/wind-over-tide`);
  await page.getByRole('link', { name: 'Your account' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  expect(site.requests.filter(({ path }) => path === '/authorize')).toHaveLength(1);
});

test('a user who cancelled can log in from the same page', async ({ page, site }) => {
  await page.goto('/stories/wind-over-tide');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Log in' }).click();
  await user.continueAsAda(page);
  await expect(page).toHaveURL(`${site.url}stories/wind-over-tide`);
  await expect(page.getByText('The local name is the Stairs.')).toBeVisible();
});

test('a login that Sesamy rejects at the last step shows an error once', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/400/);
  site.mock.control.faults.add({
    endpoint: 'token',
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Not today.' },
  });
  await page.goto('/account');
  await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(page.getByRole('alert')).toContainText('The login did not work.');
  await expect(page.getByRole('main').getByRole('button', { name: 'Log in' })).toBeEnabled();
  expect(site.requests.filter(({ path }) => path === '/authorize')).toHaveLength(1);
});

test('a login that fails on an open page reports it there and offers a retry', async ({ page }) => {
  await page.goto('/stories/fog-in-nine-kinds');
  await user.loginButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  await expect(page.getByText('Breath', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await user.continueAsAda(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a callback of another client is left in the address, and the page renders as usual', async ({
  page,
  site,
}) => {
  await page.goto('/?code=coupon&state=summer');
  await expect(page.getByRole('link', { name: 'The harbour that moves' })).toBeVisible();
  await expect(user.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(`${site.url}?code=coupon&state=summer`);
  expect(site.requests).toEqual([]);
});
