import { test } from '@sesamy-kit/mock-server/playwright';
import { expect } from '@playwright/test';

const callbacks = [`http://localhost:${process.env.PORT ?? 5173}/`];
test.use({ sesamyOptions: { clients: [{ clientId: 'publisher-web', callbacks }] } });

test('a deep link leads through the login to the account, which survives a reload until the logout', async ({
  page,
}) => {
  await page.goto('/?page=account');
  await page.getByRole('button', { name: /ada/i }).click();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await expect(page).toHaveURL('/?page=account');

  await page.getByLabel('First name').fill('Augusta');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Augusta Lovelace')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Augusta Lovelace')).toBeVisible();

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' }).first()).toBeVisible();
  await expect(page.getByText('Augusta Lovelace')).toBeHidden();
});
