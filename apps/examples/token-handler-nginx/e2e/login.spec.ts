import { expect, test } from '@playwright/test';

test('a deep link leads through the token handler to the account, which survives a reload until the logout', async ({
  page,
  context,
}) => {
  await page.goto('/?page=account');
  await page.getByRole('button', { name: /ada/i }).click();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await expect(page).toHaveURL('/?page=account');
  await page.reload();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();

  const tokens = (await context.cookies()).filter(({ name }) => /^(?:at|rt)$/.test(name));
  expect(tokens.map(({ httpOnly }) => httpOnly)).toEqual([true, true]);

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' }).first()).toBeVisible();
  await expect(page.getByText('Ada Lovelace')).toBeHidden();
});
