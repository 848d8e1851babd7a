import type { Page } from '@playwright/test';
import { passTime } from './support/pass-time.js';
import type { Site } from './support/site.js';
import { expect, test } from './support/test.js';
import { user } from './support/user.js';

const text = 'The harbour master is asleep again.';

/** Ends the session at Sesamy; the page learns of it when it needs a new token. */
async function endSession(site: Site, page: Page): Promise<void> {
  site.mock.control.refreshTokens.revoke({ user: 'ada' });
  await passTime(site, page, { hours: 2 });
}

/** Writes a letter, and sends it after the session has ended. */
async function sendTooLate(page: Page, site: Site): Promise<void> {
  await user.arriveAsAda(page, site, '/letter');
  // React does not see what Playwright's fill() sets in a text area of Firefox.
  await page.getByRole('textbox', { name: 'Your letter' }).pressSequentially(text);
  await endSession(site, page);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('dialog', { name: 'You have been logged out' })).toBeVisible();
}

async function openLogin(page: Page): Promise<Page> {
  const button = page.getByRole('dialog').getByRole('button', { name: 'Log in' });
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  return popup;
}

const letterOf = (site: Site, id: string): unknown =>
  site.mock.control.users.get(id).user_metadata?.['letter'];

const countSent = (site: Site): number =>
  site.mock.control.requests.count({ endpoint: 'profile', method: 'PATCH', status: 200 });

test('a letter whose session has ended is sent once after a login in a window', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/40[013]/);
  await sendTooLate(page, site);
  const popup = await openLogin(page);
  await popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(page.getByRole('status').getByText('Sent.')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Your letter' })).toHaveValue(text);
  expect(letterOf(site, 'ada')).toBe(text);
  expect(countSent(site)).toBe(1);
});

test("a letter is not sent as another user who logs in, and is not on that user's page", async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/40[013]/);
  await sendTooLate(page, site);
  const popup = await openLogin(page);
  await popup.getByRole('button', { name: 'Continue as Grace Hopper' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Your letter' })).toHaveValue('');
  expect(countSent(site)).toBe(0);
  expect(letterOf(site, 'grace')).toBeUndefined();
});

test('a user who declines the login by Escape keeps the letter, and may send it later', async ({
  page,
  site,
  consoleGuard,
}) => {
  consoleGuard.expect(/40[013]/);
  await sendTooLate(page, site);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('alert')).toContainText('Not sent.');
  await expect(page.getByRole('textbox', { name: 'Your letter' })).toHaveValue(text);
  await page.getByRole('button', { name: 'Send' }).click();
  const popup = await openLogin(page);
  await popup.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
  await expect(page.getByRole('status').getByText('Sent.')).toBeVisible();
  expect(countSent(site)).toBe(1);
});
