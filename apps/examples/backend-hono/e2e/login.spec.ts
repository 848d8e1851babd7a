import { expect, test } from '@playwright/test';

test('a deep link leads through the login to the notes, which the backend keeps for that reader only', async ({
  page,
  request,
}) => {
  expect((await request.get('/api/notes')).status()).toBe(401);

  await page.goto('/notes');
  await page.getByRole('button', { name: /ada/i }).click();
  await page.getByLabel('Note').fill('Engines');
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('listitem')).toHaveText('Engines');
  await expect(page).toHaveURL('/notes');
  await page.reload();
  await expect(page.getByRole('listitem')).toHaveText('Engines');

  await page.getByRole('button', { name: 'Log out' }).click();
  await expect(page.getByRole('button', { name: 'Log in' }).first()).toBeVisible();
  await expect(page.getByText('Engines')).toBeHidden();
});
