import { expect, test } from './support/test.js';
import { reader } from './support/reader.js';

test('a reader who turns back is told so, and is not sent to the login again', async ({
  page,
  site,
}) => {
  await page.goto('/stories/wind-over-tide');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  await expect(page).toHaveURL(`${site.url}stories/wind-over-tide`);
  await page.getByRole('link', { name: 'Your account' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  expect(site.requests.filter(({ path }) => path === '/authorize')).toHaveLength(1);
});

test('a reader who turned back can log in from where they are', async ({ page, site }) => {
  await page.goto('/stories/wind-over-tide');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Log in' }).click();
  await reader.continueAsAda(page);
  await expect(page).toHaveURL(`${site.url}stories/wind-over-tide`);
  await expect(page.getByText('The local name is the Stairs.')).toBeVisible();
});

test('a login that Sesamy refuses at the last step shows an error once', async ({
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

test('a login that fails on a free page says so there, and offers another', async ({ page }) => {
  await page.goto('/stories/fog-in-nine-kinds');
  await reader.loginButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('alert')).toContainText('You turned back at the login page.');
  await expect(page.getByText('Breath', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await reader.continueAsAda(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('an answer that is not ours is left in the address, and the page is read as usual', async ({
  page,
  site,
}) => {
  await page.goto('/?code=coupon&state=summer');
  await expect(page.getByRole('link', { name: 'The harbour that moves' })).toBeVisible();
  await expect(reader.loginButton(page)).toBeEnabled();
  await expect(page).toHaveURL(`${site.url}?code=coupon&state=summer`);
  expect(site.requests).toEqual([]);
});
