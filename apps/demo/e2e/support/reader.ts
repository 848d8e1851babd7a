import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Site } from './site.js';

/** A reader of the site, doing what readers do. */
export const reader = {
  /** Chooses Ada on the login page, and waits until the demo has let her in. */
  async continueAsAda(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Continue as Ada Lovelace' }).click();
    await expect(reader.nameIn(page)).toBeVisible();
  },

  /** Logs in from the front page, by way of the login page. */
  async logIn(page: Page): Promise<void> {
    await page.goto('/');
    await reader.loginButton(page).click();
    await reader.continueAsAda(page);
  },

  /** Arrives at a guarded page as Ada, whom Sesamy knows: no login page. For tests of something else. */
  async arriveAsAda(page: Page, site: Site, path = '/account'): Promise<void> {
    site.knownReader = 'ada';
    await page.goto(path);
    await expect(reader.nameIn(page)).toBeVisible();
    site.knownReader = null;
  },

  /** The button in the masthead. */
  loginButton(page: Page): Locator {
    return page.getByRole('banner').getByRole('button', { name: 'Log in' });
  },

  /** The reader's corner, there only when they are logged in. */
  nameIn(page: Page): Locator {
    return page.getByRole('banner').getByRole('link', { name: 'your account' });
  },
};
