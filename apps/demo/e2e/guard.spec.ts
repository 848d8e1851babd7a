import { runInOneEngine } from './support/one-engine.js';
import { expect, test } from './support/test.js';

runInOneEngine(test);

test('Back from the login of a guard returns to the page before the guard', async ({ page }) => {
  await page.goto('/how-it-works');
  await page.goto('/account');
  await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/how-it-works$/);
  await expect(page.getByRole('button', { name: 'Log in' })).toBeEnabled();
});
