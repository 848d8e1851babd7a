import { expect, test } from './support/test.js';
import { passTime } from './support/pass-time.js';
import { reader } from './support/reader.js';

test('two tabs whose token has expired spend the refresh token once', async ({
  page,
  context,
  site,
}) => {
  await reader.logIn(page);
  const other = await context.newPage();
  await other.goto('/');
  await expect(reader.nameIn(other)).toBeVisible();
  await passTime(site, page, { hours: 2 });

  await Promise.all([reader.nameIn(page).click(), reader.nameIn(other).click()]);

  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(other.getByLabel('First name')).toHaveValue('Ada');
  expect(site.mock.control.requests.count({ grant: 'refresh_token' })).toBe(1);
});

test('a logout in one tab closes the account in the other', async ({ page, context, site }) => {
  await reader.arriveAsAda(page, site);
  const other = await context.newPage();
  await other.goto('/account');
  await expect(other.getByLabel('First name')).toHaveValue('Ada');
  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(other.getByText('You are logged out.')).toBeVisible();
  await expect(other.getByText('ada@example.com')).toHaveCount(0);
});
