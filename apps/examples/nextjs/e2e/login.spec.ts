import { test } from '@sesamy-kit/mock-server/playwright';
import { expect } from '@playwright/test';

const callbacks = [`http://localhost:${process.env.PORT ?? 3000}/`];
test.use({ sesamyOptions: { clients: [{ clientId: 'publisher-web', callbacks }] } });

test('a deep link leads through the login to the account, which survives a reload until the logout', async ({
  page,
}) => {
  const name = page.getByText('Ada Lovelace');
  await page.goto('/account?from=mail');
  await page.getByRole('button', { name: /ada/i }).click();
  await expect(name).toBeVisible();
  await expect(page).toHaveURL('/account?from=mail');
  await page.reload();
  await expect(name).toBeVisible();

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' }).first()).toBeVisible();
  await expect(name).toBeHidden();
});
