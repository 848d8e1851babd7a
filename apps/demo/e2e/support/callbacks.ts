import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { user } from './user.js';
import type { Site } from './site.js';

/** Begins a login on the front page and stops at the login page; returns the callback URL that would come next. */
export async function beginLogin(page: Page, site: Site): Promise<string> {
  await page.goto('/');
  await user.loginButton(page).click();
  await expect(page.getByRole('button', { name: 'Continue as Ada Lovelace' })).toBeVisible();
  const authorizationUrl = authorizationUrls(site).at(-1) ?? '';
  return site.mock.control.signIn({ authorizationUrl, user: 'ada' });
}

/** Where browsers were sent for a login, in order. */
export function authorizationUrls(site: Site): string[] {
  return site.requests.filter(({ path }) => path === '/authorize').map(({ url }) => url);
}

/** The number of code exchanges, including failed ones. */
export function exchangeCount(site: Site): number {
  return site.mock.control.requests.count({ grant: 'authorization_code' });
}
