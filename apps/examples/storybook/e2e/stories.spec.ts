import { expect, test } from '@playwright/test';

test('the stories render the account of a signed-in and of a signed-out reader', async ({
  page,
}) => {
  await page.goto('/iframe.html?id=account--signed-in&viewMode=story');
  await expect(page.getByRole('heading', { name: 'Hello Ada' })).toBeVisible();
  await expect(page.getByText('Delivery to London')).toBeVisible();
  await page.goto('/iframe.html?id=account--signed-out&viewMode=story');
  await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
});
