import type { Page } from '@playwright/test';
import { expect, test } from './support/test.js';
import { user } from './support/user.js';

/** Presses Tab until the element with this name has focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = page.getByRole('button', { name });
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`30 presses of Tab did not reach "${String(name)}".`);
}

test('a login by keyboard alone ends at the heading of the page', async ({ page }) => {
  await page.goto('/stories/fog-in-nine-kinds');
  await tabTo(page, 'Log in');
  await page.keyboard.press('Enter');
  await tabTo(page, 'Continue as Ada Lovelace');
  await page.keyboard.press('Enter');
  await expect(user.nameIn(page)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Fog, in nine kinds' })).toBeFocused();
});

test('the first Tab focuses the skip link', async ({ page }) => {
  await page.goto('/');
  await expect(user.loginButton(page)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
